package org.velador.measurements.control;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.velador.alarms.entity.Alarm;
import org.velador.platform.control.Time;

/**
 * What became of a request's measurements.
 *
 * @param outcomes   one for each draft, in no particular order
 * @param openAlarms the alarm of each variable and place that has an open one now
 */
public record Receipt(List<Outcome> outcomes, Map<Pair, OpenAlarm> openAlarms) {

    /** An alarm that is open after a request; {@code GET /api/alarms/{id}} tells all of it. */
    public record OpenAlarm(long id, String priority, OffsetDateTime raisedAt, double value, double limit, boolean acknowledged) {

        static OpenAlarm of(Alarm a) {
            return new OpenAlarm(a.id(), a.priority().word(), Time.utc(a.raisedAt()), a.value(), a.limit(), a.acknowledgedAt() != null);
        }
    }

    /** A variable at a place, by their codes. */
    public record Pair(String variable, String place) {
    }

    public long stored() {
        return outcomes.stream().filter(Outcome.Stored.class::isInstance).count();
    }

    public long duplicates() {
        return outcomes.stream().filter(Outcome.Duplicate.class::isInstance).count();
    }

    /** In the order of the request. */
    public List<Rejection> rejected() {
        return outcomes.stream()
                .filter(Outcome.Rejected.class::isInstance)
                .map(o -> new Rejection(o.index(), ((Outcome.Rejected) o).problem()))
                .sorted(Comparator.comparingInt(Rejection::index))
                .toList();
    }
}
