package org.velador.accounts.control;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.velador.platform.control.Problem;

/**
 * Counts attempts to sign in for all instances together. An attempt is counted as failed before the password is looked at, and taken back when it
 * was right: so many at the same time are no more than so many one after the other.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SignInAttempts {

    @PersistenceContext
    EntityManager em;

    /**
     * Counts an attempt.
     *
     * @throws org.velador.platform.control.ProblemException 429 while the account or the address is locked; that is told of any username, whether
     *                                                       there is such an account or not, and is not counted
     */
    public void begin(String username, String address, OffsetDateTime now) throws SQLException {
        Connection connection = em.unwrap(Connection.class);
        // Always the account's row first: no two wait for each other.
        count(connection, SignInLock.ACCOUNT, username, now);
        count(connection, SignInLock.ADDRESS, address, now);
    }

    /** The attempt that was counted last was none that failed. */
    public void succeeded(String username, String address) throws SQLException {
        Connection connection = em.unwrap(Connection.class);
        update(connection, "delete from failed_sign_ins where subject = ?", SignInLock.ACCOUNT.subject(username));
        update(connection, """
                update failed_sign_ins set failures = greatest(failures - 1, 0), locked_until = null
                where subject = ?""", SignInLock.ADDRESS.subject(address));
    }

    /** The row is locked from here to the commit: who comes meanwhile sees what this attempt has come to. */
    private static void count(Connection connection, SignInLock lock, String name, OffsetDateTime now) throws SQLException {
        String subject = lock.subject(name);
        int failures;
        OffsetDateTime locked;
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into failed_sign_ins as f (subject, failures, last_at) values (?, 1, ?)
                on conflict (subject) do update
                set failures = case when f.last_at < ? then 1 else f.failures + 1 end, last_at = excluded.last_at
                returning failures, locked_until""")) {
            statement.setString(1, subject);
            statement.setObject(2, now);
            statement.setObject(3, now.minus(SignInLock.MEMORY));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                failures = row.getInt(1);
                locked = row.getObject(2, OffsetDateTime.class);
            }
        }
        if (locked != null && locked.isAfter(now)) {
            throw tooMany((int) Math.max(1, Duration.between(now, locked).toSeconds())).asException();
        }
        OffsetDateTime until = lock.until(failures, now).orElse(null);
        if (until != null) {
            update(connection, "update failed_sign_ins set locked_until = ? where subject = ?", until, subject);
        }
    }

    private static Problem tooMany(int seconds) {
        return new Problem(429, "too-many-attempts", "Too many attempts",
                "There were too many failed attempts to sign in with this username or from this address: try again in " + seconds + " s.", seconds);
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
