package org.velador.ear.node;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An embedded PostgreSQL that tests can ask behind the application's back, stop and freeze. */
public final class Database implements AutoCloseable {

    /** What an instance has to keep to itself. */
    public static final String SECRET = "night-watch";

    /** Of a service that may do everything: what tests send in {@code X-API-Key} unless they are about rights. */
    public static final String KEY = "velador_of-the-tests";

    static final String USER = "postgres";

    private final Path data;
    private final int port;
    private final List<ProcessHandle> frozen = new ArrayList<>();
    private EmbeddedPostgres server;

    private Database(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    static Database start(Path scratch) throws IOException {
        Database database = new Database(Files.createTempDirectory(scratch, "postgresql"), freePort());
        database.start();
        return database;
    }

    int port() {
        return port;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Starts it again after {@link #stop}, with the data it had. */
    public void start() throws IOException {
        server = EmbeddedPostgres.builder().setPort(port).setDataDirectory(data).setCleanDataDirectory(false)
                .setServerConfig("listen_addresses", "127.0.0.1")
                // Off by default here, and what was committed would be lost with the process.
                .setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on").start();
    }

    /** Nobody answers at its port. */
    public void stop() throws IOException {
        server.close();
    }

    /** Ends the main process as nothing in it can prevent; the others see that and end too. */
    public void kill() throws IOException, InterruptedException {
        ProcessHandle main = main();
        List<ProcessHandle> all = Stream.concat(Stream.of(main), main.descendants()).toList();
        signal("KILL", List.of(main));
        for (ProcessHandle process : all) {
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
        server.close();
    }

    /** Connections are taken and nothing is answered until {@link #thaw}: as behind a network that is cut. */
    public void freeze() throws IOException, InterruptedException {
        ProcessHandle main = main();
        // The main process first: from then on there are no new ones.
        signal("STOP", List.of(main));
        List<ProcessHandle> children = main.descendants().toList();
        signal("STOP", children);
        frozen.add(main);
        frozen.addAll(children);
    }

    /** Ends a freeze. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT", frozen);
        frozen.clear();
    }

    /** Runs a statement that prepares a test. */
    public void execute(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect(); PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.execute();
        }
    }

    /** The one number that a query answers. */
    public long number(String sql, Object... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Makes {@link #KEY} a good key; there has to be a schema. */
    public void admitTests() throws SQLException {
        execute("""
                insert into device (code, name, roles, key_hash, created_at, created_by)
                values ('tests', 'Tests', 'admin clinician viewer device', sha256(convert_to(?, 'UTF8')), now(), 'tests')
                on conflict do nothing""", KEY);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), USER, "");
    }

    @Override
    public void close() {
        try {
            server.close();
            try (Stream<Path> files = Files.walk(data)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessHandle main() throws IOException {
        long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(postmaster).orElseThrow();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        command.addAll(processes.stream().map(p -> Long.toString(p.pid())).collect(Collectors.toList()));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
