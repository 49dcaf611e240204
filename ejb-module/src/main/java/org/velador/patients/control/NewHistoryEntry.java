package org.velador.patients.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.velador.platform.control.OneLine;
import org.velador.platform.control.PlainText;

/**
 * What is asked for to append to a patient's history.
 *
 * @param author   who wrote it; may be left out, or has to agree, when the caller is a person. A service says who it was
 * @param time     when it happened; null for now
 * @param corrects number of the earlier entry that this one corrects; null for none
 */
public record NewHistoryEntry(
        @Size(max = 200) @OneLine String author,
        @NotBlank @Size(max = 20_000) @PlainText String text,
        OffsetDateTime time,
        Integer corrects) {
}
