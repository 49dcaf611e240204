package org.velador.measurements.control;

import org.velador.platform.control.Problem;

/** What became of one measurement of a request. */
public sealed interface Outcome {

    /** Its position in the request, from 0. */
    int index();

    /** It is on disk. */
    record Stored(int index, MeasurementView measurement) implements Outcome {
    }

    /** The very same was on disk already: harmless, a device may send again what it got no answer for. */
    record Duplicate(int index, MeasurementView measurement) implements Outcome {
    }

    /** It was not stored, and will not be if it is sent again. */
    record Rejected(int index, Problem problem) implements Outcome {
    }
}
