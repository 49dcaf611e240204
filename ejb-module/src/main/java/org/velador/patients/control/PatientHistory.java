package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.OffsetDateTime;
import java.util.List;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.patients.entity.HistoryEntry;
import org.velador.patients.entity.Patient;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/** The history of patients: read and appended to. */
@Stateless
public class PatientHistory {

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    @EJB
    AuditTrail audit;

    /** Newest first, by number. One query, and a second one only to tell an empty history from no patient. */
    public Page<HistoryEntryView> list(String mrn, String cursor, int limit) {
        List<HistoryEntryView> found = em.createQuery("""
                        select new org.velador.patients.control.HistoryEntryView(h.number, h.author, h.time, h.text, h.recordedAt)
                        from HistoryEntry h
                        where h.patient.mrn = :mrn and h.number < :before
                        order by h.number desc""", HistoryEntryView.class)
                .setParameter("mrn", mrn)
                .setParameter("before", before(cursor))
                .setMaxResults(limit + 1)
                .getResultList();
        if (found.isEmpty()) {
            Patients.requireExists(em, mrn);
        }
        return Page.of(found, limit, entry -> Integer.toString(entry.number()));
    }

    /** Appends an entry. The row of the patient is locked, so that numbers have neither gaps nor doubles. */
    public HistoryEntryView append(String mrn, NewHistoryEntry asked) {
        Patient patient = Patients.find(em, mrn, LockModeType.PESSIMISTIC_WRITE);
        int number = 1 + em.createQuery("select coalesce(max(h.number), 0) from HistoryEntry h where h.patient = :patient", Integer.class)
                .setParameter("patient", patient)
                .getSingleResult();
        // Read under the lock: who comes later has the later time.
        OffsetDateTime now = time.now();
        HistoryEntry entry;
        try {
            entry = new HistoryEntry(patient, number, asked.author(), asked.time() == null ? now : asked.time(), asked.text(), now);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("time", e.getMessage()).asException();
        }
        em.persist(entry);
        em.flush();
        audit.record(Action.HISTORY_APPEND, mrn, "entry " + number);
        return new HistoryEntryView(entry.number(), entry.author(), entry.time(), entry.text(), entry.recordedAt());
    }

    private static int before(String cursor) {
        if (cursor == null) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseInt(Page.decode(cursor));
        } catch (NumberFormatException e) {
            throw Page.invalidCursor(cursor);
        }
    }
}
