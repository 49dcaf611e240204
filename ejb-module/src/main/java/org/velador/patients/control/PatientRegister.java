package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.velador.accounts.control.Caller;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.audit.control.Changes;
import org.velador.patients.entity.Patient;
import org.velador.patients.entity.Sex;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;
import org.velador.platform.control.Time;
import org.velador.platform.control.Versioned;

/** Who the patients are, by MRN. */
@Stateless
public class PatientRegister {

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    @EJB
    AuditTrail audit;

    @Inject
    Signatures signatures;

    @Inject
    Caller caller;

    /**
     * Ordered by MRN; without those that were merged into others.
     *
     * @param words only patients of whom each of these begins the MRN or a word of the name, whatever case and accents; null for all
     */
    public Page<PatientView> list(String words, String afterMrn, int limit) throws SQLException {
        Sql sql = new Sql().add("select mrn, name, birth_date, sex from patient where merged_into is null and mrn > ?", afterMrn == null ? "" : afterMrn);
        for (String word : words == null ? new String[0] : words.strip().split("\\s+")) {
            sql.add("and words like '% ' || replace(replace(replace(search_form(?), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'", word);
        }
        return Page.of(sql.add("order by mrn limit ?", limit + 1).list(em.unwrap(Connection.class), PatientRegister::view), limit, PatientView::mrn);
    }

    public Versioned<PatientView> get(String mrn) {
        return versioned(Patients.find(em, mrn, LockModeType.NONE));
    }

    /** The patient has a history from the beginning: an empty one, whose end is signed. */
    public Versioned<PatientView> add(PatientView asked) throws SQLException {
        if (!em.createQuery("select p.id from Patient p where p.mrn = :mrn").setParameter("mrn", asked.mrn()).getResultList().isEmpty()) {
            throw Problem.alreadyExists("patient", asked.mrn()).asException();
        }
        Patient patient = new Patient(asked.mrn());
        describe(patient, asked);
        em.persist(patient);
        em.flush();
        new HistoryRows(em.unwrap(Connection.class)).begin(patient.id(), HistoryHead.empty().signedBy(signatures, patient.id()));
        audit.record(Action.PATIENT_ADD, patient.mrn(), null);
        return versioned(patient);
    }

    /**
     * Edits the version that the client has seen; what was there before is kept.
     *
     * @param seenVersion the version from If-Match
     */
    public Versioned<PatientView> change(String mrn, PatientView asked, int seenVersion) throws SQLException {
        Patient patient = Patients.find(em, mrn, LockModeType.PESSIMISTIC_WRITE);
        if (patient.version() != seenVersion) {
            throw Problem.stale("patient", mrn).asException();
        }
        PatientView before = PatientView.of(patient);
        keep(patient);
        describe(patient, asked);
        em.flush();
        audit.record(Action.PATIENT_CHANGE, mrn, Changes.fields(before, PatientView.of(patient)));
        return versioned(patient);
    }

    /**
     * What the patient's data were before each change, last change first.
     *
     * @throws org.velador.platform.control.ProblemException 404 when there is no such patient
     */
    public Page<PatientChangeView> changes(String mrn, String cursor, int limit) throws SQLException {
        Sql sql = new Sql().add("""
                select c.version, c.name, c.birth_date, c.sex, c.changed_at, c.changed_by
                from patient_change c join patient p on p.id = c.patient_id
                where p.mrn = ?""", mrn);
        sql.addIf(version(cursor), "and c.version < ?");
        List<PatientChangeView> found = sql.add("order by c.version desc limit ?", limit + 1).list(em.unwrap(Connection.class), PatientChangeView::read);
        if (found.isEmpty()) {
            Patients.requireExists(em, mrn);
        }
        return Page.of(found, limit, change -> Integer.toString(change.version()));
    }

    private void keep(Patient patient) throws SQLException {
        try (PreparedStatement insert = em.unwrap(Connection.class).prepareStatement("""
                insert into patient_change (patient_id, version, name, birth_date, sex, changed_at, changed_by)
                select id, version, name, birth_date, sex, ?, ? from patient where id = ?""")) {
            insert.setObject(1, time.now());
            insert.setString(2, caller.name());
            insert.setLong(3, patient.id());
            insert.executeUpdate();
        }
    }

    private static Integer version(String cursor) {
        try {
            return cursor == null ? null : Integer.valueOf(Page.decode(cursor));
        } catch (NumberFormatException e) {
            throw Page.invalidCursor(cursor);
        }
    }

    private static PatientView view(ResultSet row) throws SQLException {
        return new PatientView(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class), Sex.valueOf(row.getString(4)));
    }

    private void describe(Patient patient, PatientView asked) {
        try {
            patient.describe(asked.name(), asked.birthDate(), asked.sex(), time.now().toLocalDate());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("birthDate", e.getMessage()).asException();
        }
    }

    private static Versioned<PatientView> versioned(Patient patient) {
        return new Versioned<>(PatientView.of(patient), patient.version());
    }
}
