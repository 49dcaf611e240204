package org.velador.audit.control;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.velador.accounts.control.Caller;
import org.velador.audit.entity.BrokenLink;
import org.velador.platform.control.Sql;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestPersistence;

/** The audit of instances on a database of their own: what they note, seal and sign, and what a superuser does behind their backs. */
final class Chains implements AutoCloseable {

    final DataSource database = TestDatabase.create();
    final TestPersistence persistence = new TestPersistence(database);
    final KeyPair keys;

    Chains() {
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Somebody has done something on an instance. */
    void note(String instance, String object) {
        persistence.transaction(em -> {
            AuditTrailInTests.on(em, instance, caller(), occasion()).record(Action.PLACE_CHANGE, object, null);
            return null;
        });
    }

    static Caller caller() {
        Caller caller = new Caller();
        caller.is("ana", Set.of("clinician", "admin"), true);
        caller.comesFrom("192.0.2.7", "c-1");
        return caller;
    }

    static Occasion occasion() {
        Occasion occasion = new Occasion();
        occasion.is("PUT", "/api/places/{code}");
        return occasion;
    }

    int seal(String instance) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Sealing(connection, instance).own();
        }
    }

    Optional<BrokenLink> sign(Checkpoints checkpoints) throws Exception {
        try (Connection connection = database.getConnection()) {
            return checkpoints.sign(connection, "key-1", keys.getPrivate());
        }
    }

    Verification.Report verify() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Verification.of(connection, id -> Optional.of(keys.getPublic()).filter(key -> id.equals("key-1")));
        }
    }

    List<String> broken() throws SQLException {
        return verify().broken().stream().map(BrokenLink::toString).toList();
    }

    void execute(String sql) {
        TestDatabase.execute(database, sql);
    }

    List<String> rows(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Sql().add(sql).list(connection, row -> row.getString(1));
        }
    }

    @Override
    public void close() {
        persistence.close();
    }
}
