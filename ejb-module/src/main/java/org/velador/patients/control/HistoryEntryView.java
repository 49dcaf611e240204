package org.velador.patients.control;

import java.time.OffsetDateTime;
import org.velador.platform.control.Time;

/**
 * An entry of a patient's history as clients see it.
 *
 * @param number     counts from 1 for each patient, without gaps
 * @param time       when it happened, as the author says, in UTC
 * @param corrects   number of the earlier entry that this one corrects; null for none
 * @param recordedAt when it was stored, in UTC
 * @param keyId      of the key that signed it; null when it is from before signing
 * @param verified   whether it is what was signed; null where nobody can tell, as without a keystore
 */
public record HistoryEntryView(int number, String author, OffsetDateTime time, String text, Integer corrects, OffsetDateTime recordedAt,
        String keyId, Boolean verified) {

    public HistoryEntryView {
        time = Time.utc(time);
        recordedAt = Time.utc(recordedAt);
    }

    static HistoryEntryView of(SignedEntry entry, Boolean verified) {
        return new HistoryEntryView(entry.number(), entry.author(), entry.time(), entry.text(), entry.corrects(), entry.recordedAt(),
                entry.keyId(), verified);
    }
}
