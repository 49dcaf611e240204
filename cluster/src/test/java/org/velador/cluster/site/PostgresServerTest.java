package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    /** Shared by all tests of the build: unpacked once. */
    private static final Path BINARIES = Path.of("target/postgresql").toAbsolutePath();

    /** Setting up an empty database takes seconds: most tests start the same one again. */
    @TempDir
    private static Path home;

    @TempDir
    private Path other;

    private final InetSocketAddress address = Ports.anyFree(Ports.loopback(1));
    private final List<String> notes = new ArrayList<>();

    @Test
    void commitsAreOnDiskBeforeTheyAreAnswered() throws Exception {
        try (PostgresServer server = start()) {
            assertThat(value(server, "show fsync")).isEqualTo("on");
            assertThat(value(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(value(server, "show server_version")).startsWith(PostgresServer.MAJOR_VERSION + ".");
        }
    }

    @Test
    void passwordIsAskedForAndOnlyTheOwnerCanReadIt() throws Exception {
        try (PostgresServer server = start()) {
            for (String user : List.of("velador", "postgres")) {
                assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), user, "guess").close())
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("database-password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void lostPasswordFileIsMadeAnewAndTheDataStays() throws Exception {
        try (PostgresServer server = start()) {
            keepAnswer(server);
        }
        Files.delete(home.resolve("database-password"));
        for (int i = 0; i < 2; i++) {
            try (PostgresServer server = start()) {
                assertThat(value(server, "select answer from kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void stopLeavesNoProcess() throws Exception {
        PostgresServer server = start();
        server.close();
        assertThat(server.process().isAlive()).isFalse();
    }

    @Test
    void serverThatWasKilledRecovers() throws Exception {
        PostgresServer killed = start();
        keepAnswer(killed);
        Signals.send("KILL", killed.process().pid());
        killed.close();

        try (PostgresServer server = start()) {
            assertThat(value(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void killedServerStartsAgainInItsPlace() throws Exception {
        try (PostgresServer server = start()) {
            keepAnswer(server);
            ProcessHandle before = server.process();
            server.kill();
            assertThat(before.isAlive()).isFalse();

            server.start();

            assertThat(server.process()).isNotEqualTo(before);
            assertThat(value(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void suspendedServerAnswersWhenItGoesOn() throws Exception {
        try (PostgresServer server = start();
                Connection connection = server.connect()) {
            server.suspend();
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> ask(connection));
            assertThatThrownBy(() -> answer.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            server.resume();

            answer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void idOfADeadServerThatAnotherProcessHasByNowIsNoObstacle() throws Exception {
        try (PostgresServer server = start()) {
            keepAnswer(server);
        }
        Files.writeString(
                home.resolve("postgresql/postmaster.pid"),
                "%d%n%s%n1000000000%n".formatted(ProcessHandle.current().pid(), home.resolve("postgresql")));

        try (PostgresServer server = start()) {
            assertThat(value(server, "select answer from kept")).isEqualTo("42");
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void dataOfAnotherMajorVersionIsRefusedInASentence() throws Exception {
        Files.createDirectories(other.resolve("postgresql"));
        Files.writeString(other.resolve("postgresql/PG_VERSION"), "16\n");

        assertThatThrownBy(() -> start(other))
                .isInstanceOf(SiteFailure.class)
                .hasMessageContaining("is of PostgreSQL 16, expected 18");
    }

    @Test
    void takenPortIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(address.getPort(), 1, address.getAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(this::start)
                    .isInstanceOf(SiteFailure.class)
                    .hasMessageContaining(Ports.text(address) + ", the address of PostgreSQL")
                    .hasMessageContaining("-Ddatabase=");
        }
    }

    @Test
    void configurationThatPostgresqlRefusesIsSaidInItsOwnWords() throws Exception {
        start(other).close();
        Files.writeString(other.resolve("postgresql/postgresql.conf"), "no_such_setting = 1\n");

        assertThatThrownBy(() -> start(other)).isInstanceOf(SiteFailure.class).hasMessageContaining("postgresql.conf\" contains errors");
    }

    private PostgresServer start() throws Exception {
        return start(home);
    }

    private PostgresServer start(Path folder) throws Exception {
        PostgresServer server = PostgresServer.prepare(folder, BINARIES, address, notes::add);
        server.start();
        return server;
    }

    private static void keepAnswer(PostgresServer server) throws SQLException {
        try (Connection connection = server.connectAsSuperuser()) {
            connection.createStatement().execute("grant select on all tables in schema public to velador; alter default privileges grant select on tables to velador; create table if not exists kept as select 42 as answer");
        }
    }

    private static void ask(Connection connection) {
        try {
            connection.createStatement().execute("select 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
