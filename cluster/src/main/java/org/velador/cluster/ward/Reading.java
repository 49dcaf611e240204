package org.velador.cluster.ward;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;

/**
 * One value as a device posts it.
 *
 * @param variable code of the variable, such as {@code heart-rate}
 * @param place code of the place, such as {@code ICU-05}
 * @param value the value in {@code unit}
 * @param unit UCUM code
 * @param takenAt when the device took it; sent again unchanged in every retry, which makes a retry harmless
 * @param device name of the device
 */
record Reading(
        String variable,
        String place,
        double value,
        String unit,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant takenAt,
        String device) {}
