package org.velador.patients.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.velador.platform.control.OneLine;
import org.velador.platform.control.PlainText;

/**
 * What is asked for to append to a patient's history.
 *
 * @param time when it happened; null for now
 */
public record NewHistoryEntry(
        @NotBlank @Size(max = 200) @OneLine String author,
        @NotBlank @Size(max = 20_000) @PlainText String text,
        OffsetDateTime time) {
}
