package org.velador.measurements.control;

import java.time.OffsetDateTime;
import org.velador.alarms.control.WatchedPair;
import org.velador.limits.entity.Breach;
import org.velador.measurements.control.Reference.MeasuredPlace;
import org.velador.measurements.control.Reference.MeasuredVariable;

/** A measurement that can be stored, unless the same moment has one already. */
record Candidate(int index, MeasuredVariable variable, MeasuredPlace place, WatchedPair pair, OffsetDateTime takenAt, double value,
        String device) {

    Candidate(int index, MeasuredVariable variable, MeasuredPlace place, OffsetDateTime takenAt, double value, String device) {
        this(index, variable, place, new WatchedPair(place.id(), variable.id()), takenAt, value, device);
    }

    /** What is unique about it: a device that repeats itself repeats this. */
    record Key(WatchedPair pair, OffsetDateTime takenAt) {
    }

    Key key() {
        return new Key(pair, takenAt);
    }

    /** A candidate once its limits are known. */
    record Assessed(Candidate candidate, String patient, Breach breach, boolean late) {
    }
}
