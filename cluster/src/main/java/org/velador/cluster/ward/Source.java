package org.velador.cluster.ward;

import java.time.Instant;
import java.util.List;

/** What a device measures: a patient, a fridge, a room. */
interface Source {

    /**
     * The readings at a moment; called with moments that never go back.
     *
     * @return empty when there is nothing to report, for instance because a sensor fell off
     */
    List<Reading> readings(Instant now);
}
