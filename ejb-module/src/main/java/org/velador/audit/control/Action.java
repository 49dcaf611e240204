package org.velador.audit.control;

import java.util.Locale;

/** What can be done that has to be noted; {@link #word} is stable, filters and evaluations name it. */
public enum Action {

    /** A request that was refused, of no other action in particular. */
    REQUEST_MAKE,

    SESSION_SIGN_IN, SESSION_REFRESH, SESSION_SIGN_OUT,
    ACCOUNT_READ, ACCOUNT_ADD, ACCOUNT_CHANGE, ACCOUNT_REMOVE, ACCOUNT_PASSWORD,
    DEVICE_READ, DEVICE_ADD, DEVICE_CHANGE, DEVICE_REVOKE,

    PATIENT_SEARCH, PATIENT_READ(true), PATIENT_ADD(true), PATIENT_CHANGE(true), PATIENT_MERGE(true),
    STAY_READ(true), STAY_ADMIT(true), STAY_DISCHARGE(true),
    HISTORY_READ(true), HISTORY_APPEND(true),

    MEASUREMENT_ADD, MEASUREMENT_READ, MEASUREMENT_EXPORT,
    ALARM_READ, ALARM_ACKNOWLEDGE, ALARM_RESOLVE,

    LIMITS_READ, LIMITS_ADD, LIMITS_CHANGE, LIMITS_REMOVE,
    PLACE_ADD, PLACE_CHANGE, PLACE_REMOVE,
    VARIABLE_ADD, VARIABLE_CHANGE, VARIABLE_REMOVE,
    INSTANCE_REMOVE,

    AUDIT_READ, AUDIT_EXPORT;

    private final boolean ofPatient;

    Action() {
        this(false);
    }

    Action(boolean ofPatient) {
        this.ofPatient = ofPatient;
    }

    /** Whether its object is a patient, by MRN. */
    public boolean isOfPatient() {
        return ofPatient;
    }

    /** Such as {@code patient.read}: of the noun and the verb. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
    }
}
