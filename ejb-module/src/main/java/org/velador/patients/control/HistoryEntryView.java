package org.velador.patients.control;

import java.time.OffsetDateTime;
import org.velador.platform.control.Time;

/**
 * An entry of a patient's history as clients see it.
 *
 * @param number     counts from 1 for each patient, without gaps
 * @param time       when it happened, as the author says, in UTC
 * @param recordedAt when it was stored, in UTC
 */
public record HistoryEntryView(int number, String author, OffsetDateTime time, String text, OffsetDateTime recordedAt) {

    public HistoryEntryView {
        time = Time.utc(time);
        recordedAt = Time.utc(recordedAt);
    }
}
