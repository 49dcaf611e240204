package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.audit.control.Changes;
import org.velador.patients.entity.Patient;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
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

    /**
     * Ordered by MRN.
     *
     * @param part only patients whose name or MRN contains it, in whatever case; null for all
     */
    public Page<PatientView> list(String part, String afterMrn, int limit) {
        TypedQuery<PatientView> query = em.createQuery("""
                        select new org.velador.patients.control.PatientView(p.mrn, p.name, p.birthDate, p.sex)
                        from Patient p
                        where p.mrn > :after"""
                        + (part == null ? "" : " and (locate(:part, lower(p.name)) > 0 or locate(:part, lower(p.mrn)) > 0)")
                        + " order by p.mrn", PatientView.class)
                .setParameter("after", afterMrn == null ? "" : afterMrn)
                .setMaxResults(limit + 1);
        if (part != null) {
            query.setParameter("part", part.toLowerCase(Locale.ROOT));
        }
        return Page.of(query.getResultList(), limit, PatientView::mrn);
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
     * Edits the version that the client has seen.
     *
     * @param seenVersion the version from If-Match
     */
    public Versioned<PatientView> change(String mrn, PatientView asked, int seenVersion) {
        Patient patient = Patients.find(em, mrn, LockModeType.PESSIMISTIC_WRITE);
        if (patient.version() != seenVersion) {
            throw Problem.stale("patient", mrn).asException();
        }
        PatientView before = PatientView.of(patient);
        describe(patient, asked);
        em.flush();
        audit.record(Action.PATIENT_CHANGE, mrn, Changes.fields(before, PatientView.of(patient)));
        return versioned(patient);
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
