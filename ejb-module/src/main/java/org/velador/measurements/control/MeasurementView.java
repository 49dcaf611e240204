package org.velador.measurements.control;

import java.time.OffsetDateTime;
import org.velador.platform.control.NamesPatient;

/**
 * A stored measurement.
 *
 * @param patient  MRN of the patient in the bed at takenAt, or null
 * @param value    in {@code unit}, a UCUM code
 * @param late     it arrived more than five minutes after it was taken, or after a newer one
 * @param priority {@code medium} or {@code high} when it exceeded a limit in force on arrival, else null
 */
public record MeasurementView(
        String variable,
        String place,
        String patient,
        double value,
        String unit,
        OffsetDateTime takenAt,
        OffsetDateTime receivedAt,
        String device,
        boolean late,
        String priority) implements NamesPatient {

    /** For who may not know who lies there. */
    public MeasurementView withoutPatient() {
        return new MeasurementView(variable, place, null, value, unit, takenAt, receivedAt, device, late, priority);
    }
}
