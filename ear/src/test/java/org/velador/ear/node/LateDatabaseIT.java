package org.velador.ear.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The shipped archive on a node that starts before its database. */
class LateDatabaseIT {

    @Test
    void nodeStartsWithoutItsDatabaseAndIsReadyWhenThatComes() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("velador.scratch"), "late"));
        try (Database database = Database.start(folder)) {
            database.stop();
            try (Node node = Node.start(Path.of(System.getProperty("velador.node")), Path.of(System.getProperty("velador.ear")), folder, database)) {
                node.await("/health/live", Duration.ofSeconds(90));
                assertThat(node.status("/health/ready")).isEqualTo(503);
                assertThat(node.status("/api/variables")).isEqualTo(503);

                database.start();

                node.await("/health/ready", Duration.ofSeconds(20));
                database.admitTests();
                assertThat(node.status("/api/variables")).isEqualTo(200);
            }
        }
    }
}
