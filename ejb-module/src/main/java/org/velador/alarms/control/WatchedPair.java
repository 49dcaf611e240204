package org.velador.alarms.control;

import java.util.Comparator;

/** A variable at a place: what limits are watched of, and what has at most one open alarm. */
public record WatchedPair(int placeId, int variableId) implements Comparable<WatchedPair> {

    private static final Comparator<WatchedPair> ORDER =
            Comparator.comparingInt(WatchedPair::placeId).thenComparingInt(WatchedPair::variableId);

    /** The order in which rows of pairs are locked, everywhere: so no two transactions wait for each other. */
    @Override
    public int compareTo(WatchedPair other) {
        return ORDER.compare(this, other);
    }
}
