package org.velador.patients.control;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.alarms.control.IntegrityAlarms;

/** Looks closer at a history that somebody has found not to verify, and raises the alarm, whatever becomes of the request that found it. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class IntegrityWatch {

    private static final Logger LOG = Logger.getLogger(IntegrityWatch.class.getName());

    @PersistenceContext
    EntityManager em;

    @Inject
    Signatures signatures;

    /** Does nothing where an alarm is open already. */
    public void look(long patientId) throws SQLException {
        Connection connection = em.unwrap(Connection.class);
        IntegrityAlarms alarms = new IntegrityAlarms(connection);
        if (!alarms.isOpen(patientId)) {
            raise(alarms, patientId, new HistoryRows(connection).checkAll(patientId, signatures::verifiesAnew, entry -> { }));
        }
    }

    /** @return whether something is wrong */
    static boolean raise(IntegrityAlarms alarms, long patientId, ChainCheck check) throws SQLException {
        if (check.first().isEmpty()) {
            return false;
        }
        Finding first = check.first().get();
        if (alarms.raise(patientId, first.kind().word(), first.entry(), check.evidence())) {
            LOG.log(Level.SEVERE, "The history of the patient with the id {0} is not what was signed: {1}, first at entry {2}.",
                    new Object[] {Long.toString(patientId), first.kind().word(), first.entry()});
        }
        return true;
    }
}
