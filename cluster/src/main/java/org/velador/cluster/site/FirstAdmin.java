package org.velador.cluster.site;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The account that somebody signs in with at the very first. The instances are given a password at each start and make the account only where nobody
 * can administer others; it is told on that one start and kept nowhere.
 */
final class FirstAdmin {

    /** Without those that look alike: somebody will type it. */
    private static final String SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 4;
    private static final int LETTERS = 5;

    private final String password = random();

    String password() {
        return password;
    }

    /** The password, when an instance made the account with it on this start. */
    Optional<String> made(PostgresServer database, long startedMillis) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select extract(epoch from password_changed_at) * 1000 from account
                        where username = 'admin' and password_temporary""")) {
            return row.next() && row.getLong(1) >= startedMillis ? Optional.of(password) : Optional.empty();
        } catch (SQLException e) {
            throw new SiteFailure("the accounts cannot be read: " + e.getMessage(), e);
        }
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            text.append(group == 0 ? "" : "-");
            for (int letter = 0; letter < LETTERS; letter++) {
                text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
        }
        return text.toString();
    }
}
