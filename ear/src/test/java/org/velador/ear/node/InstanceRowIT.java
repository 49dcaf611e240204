package org.velador.ear.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The row of a node in the site, from its start to its end. */
class InstanceRowIT {

    @Test
    void nodeThatStopsInOrderLeavesNothingBehindAndOneThatIsKilledDoes() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("velador.scratch"), "row"));
        try (Database database = Database.start(folder)) {
            try (Node node = start(folder, database)) {
                assertThat(database.number("select count(*) from instance where state = 'UP'")).isOne();
            }
            assertThat(database.number("select count(*) from instance")).isZero();
            try (Node node = start(folder, database)) {
                node.kill();
                assertThat(database.number("select count(*) from instance where state = 'UP'")).isOne();
            }
        }
    }

    private static Node start(Path folder, Database database) throws Exception {
        Node node = Node.start(Path.of(System.getProperty("velador.node")), Path.of(System.getProperty("velador.ear")), folder, database);
        node.await("/health/ready", Duration.ofSeconds(90));
        // The first heartbeat is sent when the schema is ready, in a thread of its own.
        for (int i = 0; i < 50 && database.number("select count(*) from instance") == 0; i++) {
            Thread.sleep(100);
        }
        return node;
    }
}
