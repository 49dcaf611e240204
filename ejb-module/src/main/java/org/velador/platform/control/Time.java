package org.velador.platform.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** The one place that reads the clock: facades ask it once for each request and hand the answer on. */
@ApplicationScoped
public class Time {

    private final Clock clock = Clock.systemUTC();

    /** Now in UTC, in microseconds as PostgreSQL keeps them: what is answered equals what is read back. */
    public OffsetDateTime now() {
        return OffsetDateTime.now(clock).truncatedTo(ChronoUnit.MICROS);
    }

    /** The same instant as Velador stores and shows it: UTC, microseconds. Null stays null. */
    public static OffsetDateTime utc(OffsetDateTime time) {
        if (time == null || time.getOffset().equals(ZoneOffset.UTC) && time.getNano() % 1_000 == 0) {
            return time;
        }
        return time.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    /** Microseconds since 1970, in which times travel to PostgreSQL where there are many: whole numbers go in binary. */
    public static long micros(OffsetDateTime time) {
        return Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000L), time.getNano() / 1_000);
    }

    /**
     * Reads a time of ISO 8601 with an offset, such as {@code 2026-01-31T12:00:00Z}.
     *
     * @throws DateTimeParseException when it is none, or outside the years 1 to 9999: not every such time can be stored
     */
    public static OffsetDateTime parse(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 1 || time.getYear() > 9999) {
            throw new DateTimeParseException("The year is not from 1 to 9999", text, 0);
        }
        return utc(time);
    }
}
