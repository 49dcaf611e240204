package org.velador.patients.control;

import java.time.OffsetDateTime;
import org.velador.patients.entity.Stay;
import org.velador.platform.control.Time;

/**
 * A stay as clients see it.
 *
 * @param place code of the bed
 * @param from  admission, in UTC
 * @param to    discharge, in UTC; null while the stay lasts
 */
public record StayView(String place, OffsetDateTime from, OffsetDateTime to) {

    public StayView {
        from = Time.utc(from);
        to = Time.utc(to);
    }

    static StayView of(Stay stay) {
        return new StayView(stay.place().code(), stay.admittedAt(), stay.dischargedAt());
    }
}
