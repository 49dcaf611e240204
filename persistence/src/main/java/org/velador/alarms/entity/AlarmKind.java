package org.velador.alarms.entity;

/** What an alarm is about; the first two are told apart (after IEC 60601-1-8). */
public enum AlarmKind {

    /** The patient: a variable at a place is beyond its limits. */
    PHYSIOLOGICAL,
    /** The equipment: what watches over patients does not do so as it should. */
    TECHNICAL,
    /** The record: a patient's history is not what was signed. */
    INTEGRITY
}
