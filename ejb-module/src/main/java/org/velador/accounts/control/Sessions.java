package org.velador.accounts.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.velador.accounts.entity.Role;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.platform.control.Sql;

/** The sessions of people, in the database: what ends one here ends it for every instance with the next request. */
@Stateless
public class Sessions {

    /** A working day: then the password is asked for again. */
    static final Duration LONGEST = Duration.ofHours(12);

    /** A token that was lost or copied is of use for so long at the most, unless it is refreshed. */
    static final Duration TOKEN = Duration.ofMinutes(15);

    @PersistenceContext
    EntityManager em;

    @EJB
    AuditTrail audit;

    /** Begins one. */
    public SessionToken begin(int account, String address, OffsetDateTime now) throws SQLException {
        UUID id = UUID.randomUUID();
        execute("delete from session where ends_at < ?", now);
        execute("insert into session (id, account_id, started_at, ends_at, address) values (?, ?, ?, ?, ?)", id, account, now, now.plus(LONGEST), address);
        SessionToken token = issue(id, now).orElseThrow(() -> SignIn.unauthenticated("The account has been disabled.").asException());
        audit.record(Action.SESSION_SIGN_IN, token.username(), null);
        return token;
    }

    /** Who has signed in; empty when the session has ended or the account is disabled. */
    public Optional<Person> person(UUID session, OffsetDateTime now) throws SQLException {
        return new Sql().add("""
                select a.username, a.name, a.roles, a.password_temporary
                from session s join account a on a.id = s.account_id
                where s.id = ? and s.ends_at > ? and not a.disabled""", session, now)
                .list(connection(), row -> new Person(row.getString(1), row.getString(2), Role.names(Role.parse(row.getString(3))), row.getBoolean(4)))
                .stream().findFirst();
    }

    /** A new token for the same session, which lasts no longer for it; empty when it has ended. */
    public Optional<SessionToken> refresh(UUID session, OffsetDateTime now) throws SQLException {
        Optional<SessionToken> token = issue(session, now);
        token.ifPresent(refreshed -> audit.record(Action.SESSION_REFRESH, refreshed.username(), null));
        return token;
    }

    private Optional<SessionToken> issue(UUID session, OffsetDateTime now) throws SQLException {
        return new Sql().add("""
                select a.username, a.roles, s.ends_at from session s join account a on a.id = s.account_id
                where s.id = ? and s.ends_at > ? and not a.disabled""", session, now)
                .list(connection(), row -> token(session, row.getString(1), row.getString(2), row.getObject(3, OffsetDateTime.class), now))
                .stream().findFirst();
    }

    /** @param username whose it is */
    public void end(UUID session, String username) throws SQLException {
        execute("delete from session where id = ?", session);
        audit.record(Action.SESSION_SIGN_OUT, username, null);
    }

    /** @param but a session that goes on; null for none */
    public void endAll(int account, UUID but) throws SQLException {
        execute("delete from session where account_id = ? and id is distinct from ?::uuid", account, but);
    }

    private static SessionToken token(UUID session, String username, String roles, OffsetDateTime end, OffsetDateTime now) {
        OffsetDateTime expires = now.plus(TOKEN);
        return new SessionToken(session, username, Role.names(Role.parse(roles)), expires.isBefore(end) ? expires : end);
    }

    private Connection connection() {
        return em.unwrap(Connection.class);
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
