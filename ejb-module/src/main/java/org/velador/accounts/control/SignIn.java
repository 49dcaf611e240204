package org.velador.accounts.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.velador.accounts.entity.Account;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;
import org.velador.platform.control.Versioned;

/** Everything in which a password is looked at or made. It has no transaction of its own: none is open while a password is hashed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SignIn {

    @EJB
    SignInAttempts attempts;

    @EJB
    Accounts accounts;

    @EJB
    Sessions sessions;

    @Inject
    SessionTokens tokens;

    @Inject
    Passwords passwords;

    @Inject
    Time time;

    @Inject
    Caller caller;

    /** A token as it is handed out. */
    public record Ticket(String token, OffsetDateTime expiresAt) {
    }

    /**
     * Begins a session.
     *
     * @throws org.velador.platform.control.ProblemException 401 when there is no such account or the password is another one, and nothing tells which
     *                                                       of both; 429 after too many of those
     */
    public Ticket signIn(String username, String password) throws SQLException {
        String normal = Account.normal(username);
        Accounts.Secret account = verified(normal, password);
        attempts.succeeded(normal, caller.address());
        return ticket(sessions.begin(account.id(), caller.address(), time.now()));
    }

    /** A new token for a session that lasts. */
    public Ticket refresh(UUID session) throws SQLException {
        return ticket(sessions.refresh(session, time.now()).orElseThrow(() -> unauthenticated("The session has ended: sign in again.").asException()));
    }

    /**
     * Chooses an own password, which ends all other sessions of the account.
     *
     * @throws org.velador.platform.control.ProblemException 400 when the new one is not good enough, 401 when the present one is another
     */
    public void choosePassword(String username, String present, String chosen, UUID session) throws SQLException {
        Passwords.requireGood("newPassword", chosen, username);
        if (chosen.equals(present)) {
            throw Problem.invalid("newPassword", "the present one (expected: another)").asException();
        }
        verified(username, present);
        attempts.succeeded(username, caller.address());
        accounts.choosePassword(username, passwords.hash(chosen), session);
    }

    /** Makes an account with a temporary password. */
    public Versioned<AccountView> addAccount(NewAccount asked) {
        Accounts.roles(asked.roles());
        Passwords.requireGood("password", asked.password(), Account.normal(asked.username()));
        return accounts.add(asked, passwords.hash(asked.password()));
    }

    /** Gives somebody a temporary password, in place of one that was forgotten, say. */
    public void givePassword(String username, String password) throws SQLException {
        accounts.get(username);
        Passwords.requireGood("password", password, Account.normal(username));
        accounts.givePassword(username, passwords.hash(password));
    }

    public static Problem unauthenticated(String detail) {
        return new Problem(401, "unauthenticated", "Not signed in", detail);
    }

    private Accounts.Secret verified(String username, String password) throws SQLException {
        attempts.begin(username, caller.address(), time.now());
        Optional<Accounts.Secret> account = accounts.secret(username);
        // Also where there is none: it has to take as long.
        boolean right = passwords.isRight(password, account.map(Accounts.Secret::passwordHash).orElse(null));
        return account.filter(a -> right).orElseThrow(() -> unauthenticated("Username or password is wrong.").asException());
    }

    private Ticket ticket(SessionToken token) {
        return new Ticket(tokens.write(token), token.expiresAt());
    }
}
