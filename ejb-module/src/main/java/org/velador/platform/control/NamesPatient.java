package org.velador.platform.control;

/** What clients see of something that belongs to a patient, or is the patient: whoever reads it has read of that patient. */
public interface NamesPatient {

    /** MRN; null for nobody. */
    String patient();
}
