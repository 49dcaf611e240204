package org.velador.alarms.control;

import java.time.OffsetDateTime;
import org.velador.platform.control.NamesPatient;
import org.velador.platform.control.Time;

/**
 * An alarm that a patient's history is not what was signed, as clients see it.
 *
 * @param patient    MRN
 * @param finding    what is wrong, as a stable word
 * @param entry      number of the first entry that is wrong or missing
 * @param priority   always {@code high}
 * @param state      {@code active} or {@code resolved}
 * @param resolvedBy who has resolved it; null while it is active, like the two about that
 */
public record IntegrityAlarmView(long id, String patient, String finding, int entry, String priority, String state, OffsetDateTime raisedAt,
        OffsetDateTime acknowledgedAt, OffsetDateTime resolvedAt, String resolvedBy, String reason) implements NamesPatient {

    public IntegrityAlarmView {
        raisedAt = Time.utc(raisedAt);
        acknowledgedAt = Time.utc(acknowledgedAt);
        resolvedAt = Time.utc(resolvedAt);
    }
}
