package org.velador.audit.control;

import java.util.Locale;

/** What came of what was asked for. */
public enum Outcome {

    DONE,
    /** There was nothing of this name: whoever guesses MRNs leaves these. */
    NOT_FOUND,
    /** Not signed in, not allowed, locked, or too often. */
    REFUSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
