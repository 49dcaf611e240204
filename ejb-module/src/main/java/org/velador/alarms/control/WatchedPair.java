package org.velador.alarms.control;

import java.util.Collection;

/** A variable at a place: what limits are watched of, and what has at most one open alarm. */
public record WatchedPair(int placeId, int variableId) implements Comparable<WatchedPair> {

    /** The order in which rows of pairs are locked, everywhere: so no two transactions wait for each other. */
    @Override
    public int compareTo(WatchedPair other) {
        int byPlace = Integer.compare(placeId, other.placeId);
        return byPlace != 0 ? byPlace : Integer.compare(variableId, other.variableId);
    }

    /** Plain, because pairs are looked up thousands of times for a request, and what a record has by itself is slow while the JVM is young. */
    @Override
    public int hashCode() {
        return 31 * placeId + variableId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WatchedPair pair && pair.placeId == placeId && pair.variableId == variableId;
    }

    /** For statements that speak of many pairs: the first of two arrays. */
    static int[] placeIds(Collection<WatchedPair> pairs) {
        return pairs.stream().mapToInt(WatchedPair::placeId).toArray();
    }

    /** The second of the two arrays, in the same order. */
    static int[] variableIds(Collection<WatchedPair> pairs) {
        return pairs.stream().mapToInt(WatchedPair::variableId).toArray();
    }
}
