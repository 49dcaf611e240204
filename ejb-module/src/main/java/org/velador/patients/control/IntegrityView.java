package org.velador.patients.control;

import java.time.OffsetDateTime;
import org.velador.platform.control.Time;

/**
 * How verifying all histories stands.
 *
 * @param current      the sweep that is under way; null when none is
 * @param lastFinished the last one that came to its end; null before the first has
 * @param activeAlarms how many integrity alarms wait for somebody
 */
public record IntegrityView(Sweep current, Sweep lastFinished, long activeAlarms) {

    /**
     * One time through all histories.
     *
     * @param finishedAt null while it is under way
     * @param patients   how many there were when it began
     * @param findings   of how many patients something was wrong
     */
    public record Sweep(OffsetDateTime startedAt, OffsetDateTime finishedAt, long patients, long patientsChecked, long entriesChecked, long findings) {

        public Sweep {
            startedAt = Time.utc(startedAt);
            finishedAt = Time.utc(finishedAt);
        }
    }
}
