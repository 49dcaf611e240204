package org.velador.accounts.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.velador.accounts.entity.Account;
import org.velador.accounts.entity.Role;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.audit.control.Changes;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;
import org.velador.platform.control.Versioned;

/** The accounts of people. Passwords come as hashes: to make one takes longer than a transaction should. */
@Stateless
public class Accounts {

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    @EJB
    AuditTrail audit;

    @EJB
    Sessions sessions;

    /** Ordered by username. */
    public Page<AccountView> list(String afterUsername, int limit) {
        List<AccountView> found = em.createQuery("select a from Account a where a.username > :after order by a.username", Account.class)
                .setParameter("after", afterUsername == null ? "" : afterUsername)
                .setMaxResults(limit + 1)
                .getResultStream().map(AccountView::of).toList();
        return Page.of(found, limit, AccountView::username);
    }

    public Versioned<AccountView> get(String username) {
        return versioned(require(username, LockModeType.NONE));
    }

    public Versioned<AccountView> add(NewAccount asked, String passwordHash) {
        String username = Account.normal(asked.username());
        if (find(username, LockModeType.NONE).isPresent()) {
            throw Problem.alreadyExists("account", username).asException();
        }
        Account account = new Account(username, asked.name(), roles(asked.roles()), passwordHash, time.now());
        em.persist(account);
        em.flush();
        audit.record(Action.ACCOUNT_ADD, username, Changes.between(null, AccountView.of(account)));
        return versioned(account);
    }

    /**
     * Edits the version that the client has seen. Who is disabled is signed out everywhere.
     *
     * @throws org.velador.platform.control.ProblemException 409 when nobody would be left who can administer accounts
     */
    public Versioned<AccountView> change(String username, AccountChange asked, int seenVersion) throws SQLException {
        // All of them, in one order: of two administrators who disable each other one comes second.
        List<Account> administrators = em.createQuery("select a from Account a where a.disabled = false order by a.id", Account.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList().stream().filter(a -> a.roles().contains(Role.ADMIN)).toList();
        Account account = require(username, LockModeType.PESSIMISTIC_WRITE);
        if (account.version() != seenVersion) {
            throw Problem.stale("account", username).asException();
        }
        Set<Role> roles = roles(asked.roles());
        boolean administers = roles.contains(Role.ADMIN) && !asked.disabled();
        if (!administers && administrators.size() == 1 && administrators.get(0).username().equals(account.username())) {
            throw new Problem(409, "last-administrator", "Last administrator", "The account '" + username + "' is the last one that can administer accounts.").asException();
        }
        AccountView before = AccountView.of(account);
        account.describe(asked.name(), roles, asked.disabled());
        if (asked.disabled()) {
            sessions.endAll(account.id(), null);
        }
        em.flush();
        audit.record(Action.ACCOUNT_CHANGE, account.username(), Changes.between(before, AccountView.of(account)));
        return versioned(account);
    }

    /** A new temporary password; whoever has signed in with the old one is signed out. */
    public void givePassword(String username, String passwordHash) throws SQLException {
        Account account = require(username, LockModeType.PESSIMISTIC_WRITE);
        account.givePassword(passwordHash, time.now());
        audit.record(Action.ACCOUNT_PASSWORD, account.username(), "given");
        sessions.endAll(account.id(), null);
    }

    /** The person's own choice; all sessions but this one end. */
    public void choosePassword(String username, String passwordHash, UUID session) throws SQLException {
        Account account = require(username, LockModeType.PESSIMISTIC_WRITE);
        account.choosePassword(passwordHash, time.now());
        audit.record(Action.ACCOUNT_PASSWORD, account.username(), "chosen");
        sessions.endAll(account.id(), session);
    }

    /**
     * The account {@code admin}, where nobody can administer accounts: at the very first, or when all who could are disabled. Several instances may ask
     * for it at once.
     *
     * @return whether this one made it
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean addFirst(String passwordHash) {
        OffsetDateTime now = time.now();
        boolean made = em.createNativeQuery("""
                        insert into account (username, name, roles, password_hash, password_temporary, created_at, password_changed_at)
                        select 'admin', 'Administrator', 'admin', ?1, true, ?2, ?2
                        where not exists (select from account where not disabled and roles ~ '\\madmin\\M')
                        on conflict on constraint account_username do update
                        set roles = excluded.roles, password_hash = excluded.password_hash, password_temporary = true, disabled = false,
                            password_changed_at = excluded.password_changed_at, version = account.version + 1
                        where account.disabled""")
                .setParameter(1, passwordHash).setParameter(2, now).executeUpdate() == 1;
        if (made) {
            audit.record(Action.ACCOUNT_ADD, "admin", "the first administrator");
        }
        return made;
    }

    public boolean hasAdministrator() {
        return em.createQuery("select a from Account a where a.disabled = false", Account.class).getResultStream().anyMatch(a -> a.roles().contains(Role.ADMIN));
    }

    /** What is needed to verify a password. */
    public record Secret(int id, String passwordHash) {
    }

    /** Empty when there is no such account, or it is disabled. */
    public Optional<Secret> secret(String username) {
        return find(username, LockModeType.NONE).filter(a -> !a.isDisabled()).map(a -> new Secret(a.id(), a.passwordHash()));
    }

    static Set<Role> roles(List<String> names) {
        try {
            return Role.ofPerson(names);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("roles", e.getMessage()).asException();
        }
    }

    private Account require(String username, LockModeType lock) {
        return find(username, lock).orElseThrow(() -> Problem.notFound("account", username).asException());
    }

    private Optional<Account> find(String username, LockModeType lock) {
        return em.createQuery("select a from Account a where a.username = :username", Account.class)
                .setParameter("username", Account.normal(username))
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    private static Versioned<AccountView> versioned(Account account) {
        return new Versioned<>(AccountView.of(account), account.version());
    }
}
