package org.velador.patients.control;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import org.velador.platform.control.Sql;

/** Tells how verifying all histories stands, and has it begin. */
@Stateless
public class IntegrityReport {

    @PersistenceContext
    EntityManager em;

    @Inject
    Signatures signatures;

    public IntegrityView view() throws SQLException {
        Connection connection = em.unwrap(Connection.class);
        IntegrityView.Sweep current = null;
        IntegrityView.Sweep finished = null;
        for (IntegrityView.Sweep sweep : new SweepRows(connection, signatures).last()) {
            if (sweep.finishedAt() == null) {
                current = sweep;
            } else {
                finished = sweep;
            }
        }
        long active = new Sql().add("select count(*) from alarm where kind = 'INTEGRITY' and cleared_at is null")
                .list(connection, row -> row.getLong(1)).get(0);
        return new IntegrityView(current, finished, active);
    }

    /** Has a sweep begin within ten seconds, unless one is under way. */
    public void sweepSoon() throws SQLException {
        // Refused here rather than begun and never gone on with.
        signatures.keyId();
        new SweepRows(em.unwrap(Connection.class), signatures).beginNow();
    }
}
