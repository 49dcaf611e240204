package org.velador.patients.entity;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** When something is said to have happened: not in the future, and not before there were such records. */
public final class EventTime {

    /** Clocks differ: a terminal may be this much ahead of us. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final OffsetDateTime EARLIEST = OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private EventTime() {
    }

    /**
     * The time as it is recorded: one that is a little ahead counts as now.
     *
     * @throws IllegalArgumentException saying what was got and what expected
     */
    public static OffsetDateTime of(OffsetDateTime time, OffsetDateTime now) {
        if (time.isAfter(now.plus(TOLERANCE))) {
            throw new IllegalArgumentException("'" + time + "' (expected: not in the future; it is " + now + " now)");
        }
        if (time.isBefore(EARLIEST)) {
            throw new IllegalArgumentException("'" + time + "' (expected: not before " + EARLIEST + ")");
        }
        return time.isAfter(now) ? now : time;
    }
}
