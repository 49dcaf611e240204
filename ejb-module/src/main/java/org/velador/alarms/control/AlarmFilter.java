package org.velador.alarms.control;

import java.time.OffsetDateTime;
import org.velador.alarms.entity.AlarmKind;
import org.velador.limits.entity.Priority;

/**
 * Which alarms are wanted; null stands for all.
 *
 * @param patient MRN: those raised where and while the patient lay there
 * @param from    raised from this on
 * @param to      raised before this
 */
public record AlarmFilter(
        AlarmKind kind,
        State state,
        Priority priority,
        String variable,
        String ward,
        String place,
        String patient,
        OffsetDateTime from,
        OffsetDateTime to) {

    /** Whether the condition lasts. */
    public enum State {
        ACTIVE, CLEARED
    }
}
