package org.velador.patients.control;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import org.velador.patients.entity.Patient;
import org.velador.platform.control.Problem;

/** Finds patients for the facades of this feature. */
final class Patients {

    private Patients() {
    }

    /**
     * The patient with this MRN.
     *
     * @param lock PESSIMISTIC_WRITE, for whoever adds to it: refused with 409 when it was merged into another one, and makes others who write for this patient wait, on whichever instance they are
     */
    static Patient find(EntityManager em, String mrn, LockModeType lock) {
        Patient patient = em.createQuery("select p from Patient p where p.mrn = :mrn", Patient.class)
                .setParameter("mrn", mrn)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> notFound(mrn));
        if (lock == LockModeType.PESSIMISTIC_WRITE && patient.isMerged()) {
            throw new Problem(409, "patient-merged", "Patient merged",
                    "The patient '" + mrn + "' was merged into another one (expected: the MRN that /api/patients/" + mrn + "/merge names).").asException();
        }
        return patient;
    }

    /** For queries whose empty answer may mean that there is no such patient. */
    static void requireExists(EntityManager em, String mrn) {
        if (em.createQuery("select p.id from Patient p where p.mrn = :mrn").setParameter("mrn", mrn).getResultList().isEmpty()) {
            throw notFound(mrn);
        }
    }

    static RuntimeException notFound(String mrn) {
        return Problem.notFound("patient", mrn).asException();
    }
}
