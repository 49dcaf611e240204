package org.velador.alarms.entity;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.velador.limits.entity.Breach;
import org.velador.limits.entity.Priority;

/**
 * A run of measurements beyond the limits, in the order they were taken: what an alarm is about.
 *
 * <p>Episodes are a function of the stored measurements alone. Whoever computes them again from the same measurements, in
 * whatever order these arrived, gets the same ones.
 *
 * @param raisedAt     when the first of them was taken
 * @param escalatedAt  when the first of a higher priority than those before it was taken; null when there was none
 * @param clearedAt    when the next one inside the limits was taken; null while there is none
 * @param lastBreachAt when the last known one beyond the limits was taken
 * @param priority     the highest among them; it does not fall while the episode lasts
 * @param value        that of the first measurement of that priority
 * @param limit        the limit which that one exceeded
 */
public record Episode(
        OffsetDateTime raisedAt,
        OffsetDateTime escalatedAt,
        OffsetDateTime clearedAt,
        OffsetDateTime lastBreachAt,
        Priority priority,
        double value,
        double limit) {

    /**
     * The episodes of measurements in the order they were taken.
     *
     * @param open         the episode that lasts when the first of them is taken, or null
     * @param measurements ordered by takenAt, each later than all of the open episode
     * @return ordered; the first one continues the open episode if there was one, and only the last one can be open
     */
    public static List<Episode> of(Episode open, List<Assessed> measurements) {
        List<Episode> episodes = new ArrayList<>();
        Episode current = open;
        for (Assessed m : measurements) {
            if (m.breach() != null) {
                current = current == null ? begin(m) : current.goOn(m);
            } else if (current != null) {
                episodes.add(current.clear(m.takenAt()));
                current = null;
            }
        }
        if (current != null) {
            episodes.add(current);
        }
        return episodes;
    }

    public boolean isOpen() {
        return clearedAt == null;
    }

    private static Episode begin(Assessed m) {
        Breach breach = m.breach();
        return new Episode(m.takenAt(), null, null, m.takenAt(), breach.priority(), m.value(), breach.limit());
    }

    private Episode goOn(Assessed m) {
        Breach breach = m.breach();
        return breach.priority().isAbove(priority)
                ? new Episode(raisedAt, m.takenAt(), null, m.takenAt(), breach.priority(), m.value(), breach.limit())
                : new Episode(raisedAt, escalatedAt, null, m.takenAt(), priority, value, limit);
    }

    private Episode clear(OffsetDateTime at) {
        return new Episode(raisedAt, escalatedAt, at, lastBreachAt, priority, value, limit);
    }
}
