package org.velador.limits.control;

/** The limits of one priority, in the unit of the variable; null where there is none. */
public record Bounds(Double low, Double high) {

    /** Null when there is no bound at all: then there is nothing to show. */
    static Bounds of(Double low, Double high) {
        return low == null && high == null ? null : new Bounds(low, high);
    }
}
