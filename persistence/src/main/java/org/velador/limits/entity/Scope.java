package org.velador.limits.entity;

import java.util.Locale;

/** What a row of limits is for, from the most general to the most specific. The most specific one that exists applies, as a whole. */
public enum Scope {
    DEFAULT, WARD, PLACE, PATIENT;

    /** As clients read it: {@code default}, {@code ward}, {@code place}, {@code patient}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
