package org.velador.patients.control;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Who was in which bed, and when: answers for a whole batch of measurements. Filled by {@link StaysReader}. */
public final class Stays {

    /** The patient in a bed. */
    public record Occupant(long patientId, String mrn) {
    }

    private record Stay(Instant dischargedAt, Occupant occupant) {
    }

    /** By place and then by admission. By instant: OffsetDateTime orders one instant in two zones as two times. */
    private final Map<Integer, TreeMap<Instant, Stay>> byPlace = new HashMap<>();

    Stays() {
    }

    Stays add(int placeId, OffsetDateTime admittedAt, OffsetDateTime dischargedAt, Occupant occupant) {
        byPlace.computeIfAbsent(placeId, id -> new TreeMap<>()).put(admittedAt.toInstant(),
                new Stay(dischargedAt == null ? Instant.MAX : dischargedAt.toInstant(), occupant));
        return this;
    }

    /** The patient in the bed at a time, from the moment of admission until just before that of discharge; null for nobody. */
    public Occupant occupant(int placeId, OffsetDateTime at) {
        TreeMap<Instant, Stay> stays = byPlace.get(placeId);
        if (stays == null) {
            return null;
        }
        Instant time = at.toInstant();
        Map.Entry<Instant, Stay> last = stays.floorEntry(time);
        return last != null && time.isBefore(last.getValue().dischargedAt()) ? last.getValue().occupant() : null;
    }
}
