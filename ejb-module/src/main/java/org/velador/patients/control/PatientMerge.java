package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.velador.accounts.control.Caller;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.patients.entity.Patient;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;

/**
 * Makes one patient of two that are the same person. Stays, and with them measurements and alarms, and limits go to the one that remains. The
 * history of the other stays where it was signed, to be read under its MRN; an entry in each names the other. From then on the other
 * takes nothing in any more.
 */
@Stateless
public class PatientMerge {

    private static final String EXCLUSION_VIOLATED = "23P01";

    @PersistenceContext
    EntityManager em;

    @Inject
    Caller caller;

    @EJB
    PatientHistory history;

    @EJB
    AuditTrail audit;

    /**
     * What became of a duplicate.
     *
     * @param into MRN of the patient that remains
     */
    public record Merged(String into) {
    }

    /**
     * Where a patient has gone.
     *
     * @throws org.velador.platform.control.ProblemException 404 when there is no such patient, or it was never merged
     */
    public Merged of(String mrn) throws SQLException {
        Patients.requireExists(em, mrn);
        List<Merged> found = new Sql().add("select o.mrn from patient p join patient o on o.id = p.merged_into where p.mrn = ?", mrn)
                .list(connection(), row -> new Merged(row.getString(1)));
        if (found.isEmpty()) {
            throw Problem.notFound("merge of the patient", mrn).asException();
        }
        return found.get(0);
    }

    /**
     * Merges, for good.
     *
     * @param mrn  of the duplicate
     * @param into MRN of the patient that remains
     * @throws org.velador.platform.control.ProblemException 409 when both lay somewhere at the same time, have limits for the same variable,
     *                                                       or one was merged already
     */
    public Merged merge(String mrn, String into) throws SQLException {
        if (mrn.equals(into)) {
            throw Problem.invalid("into", "'" + into + "' (expected: the MRN of another patient)").asException();
        }
        // In order of their MRNs, so that two merges the other way round do not wait for each other.
        boolean duplicateFirst = mrn.compareTo(into) < 0;
        Patients.find(em, duplicateFirst ? mrn : into, LockModeType.PESSIMISTIC_WRITE);
        Patients.find(em, duplicateFirst ? into : mrn, LockModeType.PESSIMISTIC_WRITE);
        Patient duplicate = Patients.find(em, mrn, LockModeType.NONE);
        Patient remaining = Patients.find(em, into, LockModeType.NONE);
        moveStays(duplicate, remaining);
        moveLimits(duplicate, remaining);
        String author = caller.isPerson() ? null : caller.name();
        HistoryEntryView last = history.append(mrn, new NewHistoryEntry(author, "Merged into the patient " + into + ".", null, null));
        history.append(into, new NewHistoryEntry(author,
                "The patient " + mrn + " was merged into this one. Its history stays under that number, up to entry " + last.number() + ".", null, null));
        // Also those that were merged into the duplicate before.
        update("update patient set merged_into = ?, version = version + 1 where ? in (id, merged_into)", remaining, duplicate);
        audit.record(Action.PATIENT_MERGE, mrn, List.of(mrn, into), "into " + into);
        return new Merged(into);
    }

    private void moveStays(Patient duplicate, Patient remaining) throws SQLException {
        try {
            update("update stay set patient_id = ?, version = version + 1 where patient_id = ?", remaining, duplicate);
        } catch (SQLException e) {
            if (EXCLUSION_VIOLATED.equals(e.getSQLState())) {
                throw new Problem(409, "stays-overlap", "Stays overlap",
                        "The patients '" + duplicate.mrn() + "' and '" + remaining.mrn() + "' lay in a bed each at the same time: they are two.").asException();
            }
            throw e;
        }
    }

    private void moveLimits(Patient duplicate, Patient remaining) throws SQLException {
        List<String> both = new Sql().add("""
                select v.code from limits a join limits b on b.variable_id = a.variable_id join variable v on v.id = a.variable_id
                where a.patient_id = ? and b.patient_id = ? order by 1""", duplicate.id(), remaining.id()).list(connection(), row -> row.getString(1));
        if (!both.isEmpty()) {
            throw new Problem(409, "limits-differ", "Both have limits",
                    "Both patients have limits of their own for " + String.join(", ", both) + " (expected: of one of them at the most).").asException();
        }
        update("update limits set patient_id = ?, version = version + 1 where patient_id = ?", remaining, duplicate);
    }

    private void update(String sql, Patient remaining, Patient duplicate) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            statement.setLong(1, remaining.id());
            statement.setLong(2, duplicate.id());
            statement.executeUpdate();
        }
    }

    private Connection connection() {
        return em.unwrap(Connection.class);
    }
}
