package org.velador.cluster.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.velador.cluster.site.PostgresServer;

/**
 * The plans by which PostgreSQL has run the statements that the application sent: its module {@code auto_explain} logs each
 * as {@code explain (analyze, buffers)} would show it.
 */
final class Plans {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Possessive: the lines of a long plan are one after the other, not one within the other. */
    private static final Pattern PLAN = Pattern.compile("duration: ([0-9.]+) ms  plan:\\R((?:\\t.*\\R)++)");

    /** One statement that ran: what PostgreSQL says of it, and how long it took. */
    record Plan(JsonNode root, double milliseconds) {

        String statement() {
            return root.path("Query Text").asText();
        }
    }

    private final Path log;
    private long read;

    private Plans(Path log) {
        this.log = log;
    }

    /** Makes PostgreSQL log plans from now on; the application has to connect anew for it. */
    static Plans log(PostgresServer database) throws SQLException {
        try (Connection superuser = database.connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("alter database velador set session_preload_libraries = 'auto_explain'");
            statement.execute("alter database velador set auto_explain.log_min_duration = 0");
            statement.execute("alter database velador set auto_explain.log_analyze = on");
            // Reading the clock for each row would take longer than reading the row.
            statement.execute("alter database velador set auto_explain.log_timing = off");
            statement.execute("alter database velador set auto_explain.log_buffers = on");
            statement.execute("alter database velador set auto_explain.log_format = 'json'");
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'velador'");
        }
        return new Plans(database.log());
    }

    /** Those that were logged since the last look. */
    List<Plan> next() throws IOException {
        String text;
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) (file.length() - read)];
            file.seek(read);
            file.readFully(bytes);
            read += bytes.length;
            text = new String(bytes, StandardCharsets.UTF_8);
        }
        List<Plan> plans = new ArrayList<>();
        Matcher matcher = PLAN.matcher(text);
        while (matcher.find()) {
            plans.add(new Plan(JSON.readTree(matcher.group(2)), Double.parseDouble(matcher.group(1))));
        }
        return plans;
    }
}
