package org.velador.cluster.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.sql.DataSource;

/**
 * Who may use the database: over loopback only, with a password that is made at the first start and kept in a file only the
 * owner can read. Without the file a new one is made, for whoever owns the folder owns the data anyway.
 */
final class DatabaseAccess {

    static final String FILE = "database-password";

    private static final String OPEN =
            """
            # For a moment, until the roles have their passwords.
            host all postgres 127.0.0.1/32 trust
            """;
    private static final String CLOSED =
            """
            # Written at each start.
            host all postgres 127.0.0.1/32 scram-sha-256
            host velador velador 127.0.0.1/32 scram-sha-256
            """;

    private final Path file;
    private final String password;
    private final boolean isNew;

    private DatabaseAccess(Path file, String password, boolean isNew) {
        this.file = file;
        this.password = password;
        this.isNew = isNew;
    }

    static DatabaseAccess of(Path home) throws IOException {
        Path file = home.resolve(FILE);
        if (Files.exists(file)) {
            return new DatabaseAccess(file, Files.readString(file).trim(), false);
        }
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return new DatabaseAccess(file, HexFormat.of().formatHex(bytes), true);
    }

    String password() {
        return password;
    }

    /** Writes {@code pg_hba.conf} before the server starts. */
    void writeRules(Path data) {
        try {
            Files.writeString(data.resolve("pg_hba.conf"), isNew ? OPEN : CLOSED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a new password to both roles; the file is written last, so that a start that breaks off begins anew. */
    void grant(DataSource superuser, Path data) throws SQLException, IOException {
        if (!isNew) {
            return;
        }
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            if (!statement.executeQuery("select from pg_roles where rolname = 'velador'").next()) {
                statement.execute("create role velador login");
            }
            if (!statement.executeQuery("select from pg_database where datname = 'velador'").next()) {
                statement.execute("create database velador owner velador");
            }
            statement.execute("alter role velador password '" + password + "'");
            statement.execute("alter role postgres password '" + password + "'");
            Files.writeString(data.resolve("pg_hba.conf"), CLOSED);
            statement.execute("select pg_reload_conf()");
        }
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
    }
}
