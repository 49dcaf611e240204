package org.velador.patients.control;

import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;

/**
 * What is asked for to admit a patient.
 *
 * @param place code of a bed
 * @param from  null for now
 */
public record Admission(@NotNull String place, OffsetDateTime from) {
}
