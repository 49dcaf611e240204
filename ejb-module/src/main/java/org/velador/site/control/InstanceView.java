package org.velador.site.control;

import java.time.OffsetDateTime;
import java.util.Map;
import org.velador.site.entity.InstanceState;

/**
 * An instance as it told of itself last; its times are the database's.
 *
 * @param address           where it listens
 * @param lastSeenAt        when it was heard last
 * @param requestsPerSecond requests of the API that it answered, over 5 s
 * @param p99Millis         within which 99 of 100 of them were answered; null when there were none
 * @param inFlight          requests of the API that it was working on
 */
public record InstanceView(
        String name,
        String address,
        String version,
        OffsetDateTime startedAt,
        OffsetDateTime lastSeenAt,
        InstanceState state,
        double requestsPerSecond,
        Double p99Millis,
        int inFlight) {

    /**
     * The same with what only the warnings are made of.
     *
     * @param contested whether two processes have used its name within the last 15 s
     * @param settings  in force, by name, secrets masked; those without a value are missing
     */
    record Told(InstanceView instance, boolean contested, Map<String, String> settings) {

        boolean isLost() {
            return instance.state() == InstanceState.LOST;
        }
    }
}
