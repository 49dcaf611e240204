package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Supplier;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.patients.entity.Patient;
import org.velador.patients.entity.Stay;
import org.velador.places.entity.Place;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/** Admits patients to beds and discharges them. */
@Stateless
public class Admissions {

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    @EJB
    AuditTrail audit;

    /** The stays of a patient, newest first. */
    public Page<StayView> list(String mrn, String cursor, int limit) {
        List<StayView> found = em.createQuery("""
                        select new org.velador.patients.control.StayView(s.place.code, s.admittedAt, s.dischargedAt)
                        from Stay s
                        where s.patient.mrn = :mrn and s.admittedAt < :before
                        order by s.admittedAt desc""", StayView.class)
                .setParameter("mrn", mrn)
                .setParameter("before", before(cursor))
                .setMaxResults(limit + 1)
                .getResultList();
        if (found.isEmpty()) {
            Patients.requireExists(em, mrn);
        }
        return Page.of(found, limit, stay -> stay.from().toString());
    }

    /**
     * Admits the patient. The row of the patient is locked, then that of the bed, always in this order: so two who want
     * the same bed get it one after the other, and the exclusion constraint never has to resolve a deadlock.
     */
    public StayView admit(String mrn, Admission asked) {
        Patient patient = Patients.find(em, mrn, LockModeType.PESSIMISTIC_WRITE);
        Place place = em.createQuery("select p from Place p where p.code = :code", Place.class)
                .setParameter("code", asked.place())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.invalid("place", "'" + asked.place() + "' (expected: the code of a place)").asException());
        if (place.kind() != PlaceKind.BED) {
            throw new Problem(409, "not-a-bed", "Not a bed", "The place '" + place.code() + "' is no bed: nobody can be admitted to it.").asException();
        }
        OffsetDateTime now = time.now();
        Stay stay = checked("from", () -> new Stay(patient, place, asked.from() == null ? now : asked.from(), now));
        try {
            em.persist(stay);
            em.flush();
        } catch (PersistenceException e) {
            throw refusal(e, stay);
        }
        audit.record(Action.STAY_ADMIT, mrn, place.code() + " from " + stay.admittedAt());
        return StayView.of(stay);
    }

    /** Ends the stay that lasts. */
    public StayView discharge(String mrn, Discharge asked) {
        Patient patient = Patients.find(em, mrn, LockModeType.PESSIMISTIC_WRITE);
        Stay stay = em.createQuery("select s from Stay s where s.patient = :patient and s.dischargedAt is null", Stay.class)
                .setParameter("patient", patient)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Problem(409, "not-admitted", "Not admitted", "The patient '" + mrn + "' is in no bed now.").asException());
        OffsetDateTime now = time.now();
        checked("at", () -> {
            stay.end(asked == null || asked.at() == null ? now : asked.at(), now);
            return stay;
        });
        em.flush();
        audit.record(Action.STAY_DISCHARGE, mrn, stay.place().code() + " until " + stay.dischargedAt());
        return StayView.of(stay);
    }

    private static <T> T checked(String field, Supplier<T> verb) {
        try {
            return verb.get();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, e.getMessage()).asException();
        }
    }

    /** What the exclusion constraints say, in words; anything else is handed on. */
    private static RuntimeException refusal(PersistenceException failure, Stay stay) {
        String since = " at some time from " + stay.admittedAt() + " on.";
        return switch (DatabaseFailure.violatedConstraint(failure).orElse("")) {
            case "stay_one_patient_in_a_bed" -> new Problem(409, "bed-occupied", "Bed occupied",
                    "The bed '" + stay.place().code() + "' holds another patient" + since).asException();
            case "stay_one_bed_for_a_patient" -> new Problem(409, "patient-already-admitted", "Patient already admitted",
                    "The patient '" + stay.patient().mrn() + "' is in a bed already" + since).asException();
            default -> failure;
        };
    }

    private static OffsetDateTime before(String cursor) {
        if (cursor == null) {
            // Later than any admission can be.
            return Time.parse("9999-01-01T00:00:00Z");
        }
        try {
            return Time.parse(Page.decode(cursor));
        } catch (DateTimeParseException e) {
            throw Page.invalidCursor(cursor);
        }
    }
}
