package org.velador.cluster.replay;

import java.time.Instant;

/** A reading of a record, placed: what a device at that bed sends, and whose it is. */
public record Sample(String place, String ward, String patient, String variable, Instant takenAt, double value) {

    /** What can be measured only once. */
    record Moment(String place, String variable, Instant takenAt) {}

    Moment moment() {
        return new Moment(place, variable, takenAt);
    }
}
