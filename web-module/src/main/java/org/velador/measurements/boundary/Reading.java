package org.velador.measurements.boundary;

import java.util.ArrayList;
import java.util.List;
import org.velador.measurements.control.Draft;
import org.velador.measurements.control.Rejection;
import org.velador.platform.control.Problem;

/** What could be read of a request's body: drafts, and the problems of those parts that were none. */
final class Reading {

    static final int MOST = 10_000;

    private final List<Draft> drafts = new ArrayList<>();
    private final List<Rejection> unreadable = new ArrayList<>();
    private Problem first;

    void add(Draft draft) {
        next();
        drafts.add(draft);
    }

    void add(Problem problem) {
        int index = next();
        unreadable.add(new Rejection(index, problem));
        if (first == null) {
            first = problem;
        }
    }

    /** The index of the next one to be added. */
    int size() {
        return drafts.size() + unreadable.size();
    }

    List<Draft> drafts() {
        return drafts;
    }

    List<Rejection> unreadable() {
        return unreadable;
    }

    /** Why the first unreadable one could not be read; null when all could. */
    Problem firstProblem() {
        return first;
    }

    private int next() {
        int index = size();
        if (index == MOST) {
            throw new Problem(413, "too-many-measurements", "Too many measurements",
                    "The body holds more than " + MOST + " measurements: send them in parts.").asException();
        }
        return index;
    }
}
