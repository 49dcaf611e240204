package org.velador.cluster.site;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;

/**
 * Keys for what belongs to the site itself and has to do more than a device may, such as the simulated ward, which admits its patients. They are
 * written into the database, which is the site's own; the application makes keys of devices only. Whoever lists the devices sees them.
 */
final class ServiceKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PostgresServer database;

    ServiceKeys(PostgresServer database) {
        this.database = database;
    }

    /** A new key for the service; the one before is good no more. It is kept nowhere. */
    String issue(String code) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        String key = "velador_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("""
                        insert into device (code, name, roles, key_hash, created_at, created_by) values (?, ?, 'admin clinician viewer device', ?, now(), 'site')
                        on conflict (code) do update set key_hash = excluded.key_hash, revoked_at = null""")) {
            statement.setString(1, code);
            statement.setString(2, code);
            statement.setBytes(3, hash(key));
            statement.executeUpdate();
            return key;
        } catch (SQLException e) {
            throw new SiteFailure("no key for '%s': %s".formatted(code, e.getMessage()), e);
        }
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
