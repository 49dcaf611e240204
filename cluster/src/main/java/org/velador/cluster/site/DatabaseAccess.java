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
 * Who may use the database: over loopback only, with passwords that are made at the first start and kept in files only the owner of the
 * folder can read. {@code velador} is the role that the application runs as; {@code velador_owner} has the schema and migrates it. Its
 * password is the superuser's too. Without the files new ones are made, for whoever owns the folder owns the data anyway.
 */
final class DatabaseAccess {

    static final String FILE = "database-password";
    static final String OWNER_FILE = "database-owner-password";
    static final String OWNER = "velador_owner";

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
            host velador velador_owner 127.0.0.1/32 scram-sha-256
            """;

    private final Path home;
    private final String password;
    private final String ownerPassword;
    private final boolean isNew;

    private DatabaseAccess(Path home, String password, String ownerPassword, boolean isNew) {
        this.home = home;
        this.password = password;
        this.ownerPassword = ownerPassword;
        this.isNew = isNew;
    }

    static DatabaseAccess of(Path home) throws IOException {
        Path file = home.resolve(FILE);
        Path ownerFile = home.resolve(OWNER_FILE);
        if (Files.exists(file) && Files.exists(ownerFile)) {
            return new DatabaseAccess(home, Files.readString(file).trim(), Files.readString(ownerFile).trim(), false);
        }
        return new DatabaseAccess(home, random(), random(), true);
    }

    private static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Of {@code velador}. */
    String password() {
        return password;
    }

    /** Of {@code velador_owner} and {@code postgres}. */
    String ownerPassword() {
        return ownerPassword;
    }

    /** Writes {@code pg_hba.conf} before the server starts. */
    void writeRules(Path data) {
        try {
            Files.writeString(data.resolve("pg_hba.conf"), isNew ? OPEN : CLOSED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives new passwords to all roles; the files are written last, so that a start that breaks off begins anew. What the running role
     * has of a time when it was the only one goes to the owner.
     */
    void grant(DataSource superuser, DataSource superuserOfVelador, Path data) throws SQLException, IOException {
        if (!isNew) {
            return;
        }
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            for (String role : new String[] {"velador", OWNER}) {
                if (!statement.executeQuery("select from pg_roles where rolname = '" + role + "'").next()) {
                    statement.execute("create role " + role + " login");
                }
            }
            if (!statement.executeQuery("select from pg_database where datname = 'velador'").next()) {
                statement.execute("create database velador owner velador_owner");
            }
            try (Connection velador = superuserOfVelador.getConnection(); Statement inside = velador.createStatement()) {
                inside.execute("reassign owned by velador to velador_owner");
            }
            statement.execute("alter role velador password '" + password + "'");
            statement.execute("alter role velador_owner password '" + ownerPassword + "'");
            statement.execute("alter role postgres password '" + ownerPassword + "'");
            Files.writeString(data.resolve("pg_hba.conf"), CLOSED);
            statement.execute("select pg_reload_conf()");
        }
        write(home.resolve(FILE), password);
        write(home.resolve(OWNER_FILE), ownerPassword);
    }

    private static void write(Path file, String password) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n");
    }
}
