package org.velador.patients.control;

import java.time.OffsetDateTime;

/**
 * What is asked for to end a stay.
 *
 * @param at null for now
 */
public record Discharge(OffsetDateTime at) {
}
