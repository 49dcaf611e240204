package org.velador.patients.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;

/**
 * What is asked for to append to a patient's history.
 *
 * @param time when it happened; null for now
 */
public record NewHistoryEntry(
        @NotBlank @Size(max = 200) String author,
        @NotBlank @Size(max = 20_000) String text,
        OffsetDateTime time) {
}
