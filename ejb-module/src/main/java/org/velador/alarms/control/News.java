package org.velador.alarms.control;

import java.time.OffsetDateTime;
import java.util.List;
import org.velador.alarms.entity.Assessed;

/**
 * New measurements of one variable at one place, stored in this transaction.
 *
 * @param newestBefore   takenAt of the newest one known before them; null when there was none
 * @param breachedBefore whether that newest one was beyond a limit: then an alarm is open
 * @param measurements   ordered by takenAt, never empty
 */
public record News(WatchedPair pair, OffsetDateTime newestBefore, boolean breachedBefore, List<Assessed> measurements) {

    /** Whether some of them are older than what was known: then the past has to be looked at again. */
    boolean outOfOrder() {
        return newestBefore != null && measurements.get(0).takenAt().isBefore(newestBefore);
    }

    /** Whether no alarm can be concerned: all is in order, nothing was open and nothing is exceeded. The common case. */
    boolean uneventful() {
        return !outOfOrder() && !breachedBefore && measurements.stream().allMatch(m -> m.breach() == null);
    }
}
