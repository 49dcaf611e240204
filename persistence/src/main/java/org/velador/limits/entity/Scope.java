package org.velador.limits.entity;

/** What limits are for, from the most general to the most specific. The most specific ones apply, as a whole. */
public enum Scope {
    DEFAULT, WARD, PLACE, PATIENT
}
