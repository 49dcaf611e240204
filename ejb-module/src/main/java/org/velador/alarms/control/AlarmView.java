package org.velador.alarms.control;

import java.time.OffsetDateTime;
import java.util.List;
import org.velador.platform.control.NamesPatient;

/**
 * An alarm as clients see it.
 *
 * @param kind      {@code physiological}, {@code technical} or {@code integrity}
 * @param condition what is wrong, as a stable word; null when it is physiological
 * @param subject   what that holds of, such as the name of an instance, or {@code entry 7}; null when it is physiological
 * @param variable  null unless it is physiological, and so are value, unit, limit and side
 * @param place     null when it is not about one, and so are ward and patient
 * @param patient   MRN of the patient in the bed when it was raised, or whose history it is about; or null
 * @param priority  {@code medium} or {@code high}
 * @param state     {@code active} or {@code cleared}
 * @param value     that of the first measurement which reached the present priority, in {@code unit}
 * @param limit     the limit which that one exceeded
 * @param side      {@code low} or {@code high}: on which side of the limit
 * @param events    its story, oldest first; null in lists
 */
public record AlarmView(
        long id,
        String kind,
        String condition,
        String subject,
        String variable,
        String place,
        String ward,
        String patient,
        String priority,
        String state,
        boolean acknowledged,
        OffsetDateTime acknowledgedAt,
        OffsetDateTime raisedAt,
        OffsetDateTime escalatedAt,
        OffsetDateTime clearedAt,
        Double value,
        String unit,
        Double limit,
        String side,
        List<Event> events) implements NamesPatient {

    /**
     * One change.
     *
     * @param at         when it happened: takenAt of the measurement behind it, or when a person acted
     * @param recordedAt when it was recorded
     * @param reason     why, as a stable word
     */
    public record Event(
            String type, OffsetDateTime at, OffsetDateTime recordedAt, String priority, Double value, Double limit, String reason, String note) {
    }

    AlarmView with(List<Event> story) {
        return new AlarmView(id, kind, condition, subject, variable, place, ward, patient, priority, state, acknowledged, acknowledgedAt,
                raisedAt, escalatedAt, clearedAt, value, unit, limit, side, story);
    }
}
