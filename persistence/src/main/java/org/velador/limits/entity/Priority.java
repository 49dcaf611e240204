package org.velador.limits.entity;

import java.util.Locale;

/**
 * How urgent an alarm is (after IEC 60601-1-8). In the database it is its {@link #rank()}, so that the higher one sorts
 * higher; rank 1 is kept for low, which no limit raises.
 */
public enum Priority {

    MEDIUM(2), HIGH(3);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    public int rank() {
        return rank;
    }

    public boolean isAbove(Priority other) {
        return rank > other.rank;
    }

    /** As clients write it: {@code medium}, {@code high}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The priority of a rank; null for null. */
    public static Priority ofRank(Number rank) {
        if (rank == null) {
            return null;
        }
        return switch (rank.intValue()) {
            case 2 -> MEDIUM;
            case 3 -> HIGH;
            default -> throw new IllegalArgumentException("rank: " + rank + " (expected: 2 or 3)");
        };
    }
}
