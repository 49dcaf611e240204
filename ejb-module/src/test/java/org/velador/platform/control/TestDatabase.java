package org.velador.platform.control;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * A real PostgreSQL for tests, started once for the JVM, and databases with the schema of today in it: each is a copy of a
 * migrated template, made in a fraction of a second, so that every test class can have its own.
 */
public final class TestDatabase {

    private static final String TEMPLATE = "velador_template";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres server;

    private TestDatabase() {
    }

    /** A new database: migrated, with the catalogue of variables and their default limits, without places and patients. */
    public static synchronized DataSource create() {
        String name = "test_" + COUNT.incrementAndGet();
        execute(server().getPostgresDatabase(), "create database " + name + " template " + TEMPLATE);
        return server.getDatabase("postgres", name);
    }

    /** A new database with the schema of an earlier version, for what {@link #migrate} makes of it. */
    public static synchronized DataSource createAt(String version) {
        DataSource database = createEmpty();
        flyway(database).target(version).load().migrate();
        return database;
    }

    /** A new database without anything in it. */
    static synchronized DataSource createEmpty() {
        String name = "test_" + COUNT.incrementAndGet();
        execute(server().getPostgresDatabase(), "create database " + name);
        return server.getDatabase("postgres", name);
    }

    /** Brings a database to the schema of today. */
    public static void migrate(DataSource database) {
        flyway(database).load().migrate();
    }

    /** Runs statements that prepare a test, such as inserts of places. */
    public static void execute(DataSource database, String sql) {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test's own statement failed: " + sql, e);
        }
    }

    private static EmbeddedPostgres server() {
        if (server == null) {
            try {
                // Zonky's own shutdown hook stops it when the JVM ends.
                server = EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL for the tests did not start", e);
            }
            execute(server.getPostgresDatabase(), "create database " + TEMPLATE);
            migrate(server.getDatabase("postgres", TEMPLATE));
        }
        return server;
    }

    private static FluentConfiguration flyway(DataSource database) {
        return Flyway.configure(TestDatabase.class.getClassLoader()).dataSource(database).locations("classpath:db/migration");
    }
}
