package org.velador.ear.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The row of a node in the site, from its start to its end. */
class InstanceRowIT {

    @Test
    void nodeThatStopsInOrderLeavesNothingBehindAndOneThatIsKilledDoes() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("velador.scratch"), "row"));
        try (Database database = Database.start(folder)) {
            try (Node node = start(folder, database)) {
                assertThat(database.number("select count(*) from instance where state = 'UP'")).isOne();
                node.terminate();
                await(database, "select count(*) from instance where state = 'DRAINING'");
                node.awaitEnd();
            }
            assertThat(database.number("select count(*) from instance")).isZero();
            try (Node node = start(folder, database)) {
                node.kill();
                assertThat(database.number("select count(*) from instance where state = 'UP'")).isOne();
            }
        }
    }

    private static Node start(Path folder, Database database) throws Exception {
        Node node = Node.start(Path.of(System.getProperty("velador.node")), Path.of(System.getProperty("velador.ear")), folder, database.jdbcUrl(), 3);
        node.await("/health/ready", Duration.ofSeconds(90));
        // The first heartbeat is sent when the schema is ready, in a thread of its own.
        await(database, "select count(*) from instance");
        return node;
    }

    private static void await(Database database, String count) throws Exception {
        Instant deadline = Instant.now().plusSeconds(10);
        while (database.number(count) == 0) {
            assertThat(Instant.now()).as(count).isBefore(deadline);
            Thread.sleep(50);
        }
    }
}
