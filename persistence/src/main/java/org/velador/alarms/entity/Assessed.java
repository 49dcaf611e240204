package org.velador.alarms.entity;

import java.time.OffsetDateTime;
import org.velador.limits.entity.Breach;

/**
 * A measurement as the alarms see it.
 *
 * @param breach the limit it exceeded when it arrived; null when it was inside
 */
public record Assessed(OffsetDateTime takenAt, double value, Breach breach) {
}
