package org.velador.measurements.control;

import java.time.OffsetDateTime;

/**
 * Which measurements are wanted; null stands for all.
 *
 * @param patient MRN: those taken where and while the patient lay there
 * @param from    takenAt from this on
 * @param to      takenAt before this
 */
public record MeasurementFilter(String variable, String place, String ward, String patient, OffsetDateTime from, OffsetDateTime to) {
}
