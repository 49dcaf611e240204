package org.velador.measurements.control;

import java.time.OffsetDateTime;

/**
 * A measurement as a device sent it, not checked yet. What was missing is null.
 *
 * @param index    its position in the request, from 0
 * @param variable code of the variable
 * @param place    code of the place
 * @param value    in the unit of the variable
 * @param unit     UCUM code; null: that of the variable
 * @param takenAt  null: now
 * @param device   who measured, in the words of the sender; may be null
 */
public record Draft(int index, String variable, String place, Double value, String unit, OffsetDateTime takenAt, String device) {
}
