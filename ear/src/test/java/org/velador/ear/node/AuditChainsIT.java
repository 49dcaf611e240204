package org.velador.ear.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the audit of a node that stops, that is killed, and that comes back; and the command that verifies it. */
class AuditChainsIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Path DISTRIBUTION = Path.of(System.getProperty("velador.node"));
    private static final Path EAR = Path.of(System.getProperty("velador.ear"));

    private String said;

    @Test
    void nothingThatWasDoneIsLostWhenTheNodeIsAndAnAlteredEntryIsFound() throws Exception {
        Path folder = Files.createDirectories(folder());
        try (Database database = Database.start(folder)) {
            try (Node node = start(folder, database)) {
                database.admitTests();
                assertThat(place(node, "SEALED")).isEqualTo(201);
                await(database, "select count(*) from audit_entry where object = 'SEALED'");
                // A sealer that cannot seal: what is done now is committed and not sealed when the node is killed.
                try (Connection superuser = database.connect(); Statement statement = superuser.createStatement()) {
                    superuser.setAutoCommit(false);
                    statement.execute("select * from audit_chain for update");
                    assertThat(place(node, "UNSEALED")).isEqualTo(201);
                    node.kill();
                    assertThat(database.number("select count(*) from audit_draft where object = 'UNSEALED'")).isOne();
                    superuser.rollback();
                }
            }
            assertThat(database.number("select count(*) from audit_entry where object = 'UNSEALED'")).isZero();
            assertThat(verify(database)).as(said).isZero();
            assertThat(said).contains("noted and not sealed yet: 1.", "Nothing is broken.");

            try (Node node = start(folder, database)) {
                await(database, "select count(*) from audit_entry where object = 'UNSEALED'");
                assertThat(place(node, "LAST")).isEqualTo(201);
                assertThat(verify(database)).as(said).isZero();
            }
            // Stopped in order: sealed to the end, and signed.
            assertThat(database.number("select count(*) from audit_draft")).isZero();
            assertThat(database.number("select count(*) from audit_entry where object = 'LAST'")).isOne();
            assertThat(database.number("select count(distinct instance) from audit_entry")).isOne();
            assertThat(database.number("""
                    select count(*) from audit_chain h
                    join (select instances, numbers from audit_checkpoint order by at desc limit 1) c on h.instance = c.instances[1] and h.number = c.numbers[1]
                    """)).isOne();
            assertThat(verify(database)).as(said).isZero();

            database.execute("update audit_entry set who = 'eve' where object = 'UNSEALED'");
            long number = database.number("select number from audit_entry where object = 'UNSEALED'");
            assertThat(verify(database)).as(said).isOne();
            assertThat(said).contains("is broken at entry " + number + ": its content was altered", "BROKEN.");
        }
        assertThat(verify("jdbc:postgresql://127.0.0.1:1/none")).as(said).isEqualTo(2);
    }

    private static Node start(Path folder, Database database) throws Exception {
        Node node = Node.start(DISTRIBUTION, EAR, folder, database);
        node.await("/health/ready", Duration.ofSeconds(90));
        database.admitTests();
        return node;
    }

    private static Path folder() {
        return Path.of(System.getProperty("velador.scratch"), "audit-chains");
    }

    private int verify(Database database) throws Exception {
        return verify(database.jdbcUrl());
    }

    private int verify(String jdbcUrl) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(DISTRIBUTION.resolve("bin/velador").toString(), "audit", "verify").redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("VELADOR_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("VELADOR_EAR", EAR.toString());
        environment.put("VELADOR_DB_URL", jdbcUrl);
        environment.put("VELADOR_DB_USER", Database.USER);
        // Those that the nodes of the folder have.
        environment.put("VELADOR_KEYSTORE", folder().resolve("keys.p12").toString());
        environment.put("VELADOR_KEYSTORE_PASSWORD", Database.SECRET);
        Process process = builder.start();
        said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    private static int place(Node node, String code) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.address().getAddress().getHostAddress() + ":" + node.address().getPort() + "/api/places"))
                .timeout(Duration.ofSeconds(10)).header("Content-Type", "application/json").header("X-API-Key", Database.KEY)
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"%s\",\"ward\":\"W\",\"kind\":\"bed\"}".formatted(code))).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static void await(Database database, String count) throws Exception {
        Instant deadline = Instant.now().plusSeconds(10);
        while (database.number(count) == 0) {
            assertThat(Instant.now()).as(count).isBefore(deadline);
            Thread.sleep(50);
        }
    }
}
