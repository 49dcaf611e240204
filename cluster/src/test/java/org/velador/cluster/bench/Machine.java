package org.velador.cluster.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Where figures come from: without it they mean nothing. */
final class Machine {

    private Machine() {}

    /** In Markdown, with the date and the command. */
    static String describe(Connection database, String command) throws SQLException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return """
                - Machine: %d cores, %d GiB of memory, %s %s (%s)
                - JDK: %s %s
                - PostgreSQL: %s, fsync %s, synchronous_commit %s; on the same machine, like the gateway and whoever makes the load
                - Date: %s
                - Command: `%s`
                """
                .formatted(
                        system.getAvailableProcessors(),
                        Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
                        system.getName(),
                        system.getVersion().replaceAll("-.*", ""),
                        system.getArch(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.runtime.version"),
                        show(database, "server_version"),
                        show(database, "fsync"),
                        show(database, "synchronous_commit"),
                        OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES),
                        command);
    }

    private static String show(Connection database, String setting) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("show " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
