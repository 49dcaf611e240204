package org.velador.accounts.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.velador.platform.control.OneLine;

/** What is asked for to make a device known. */
public record NewDevice(
        @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}", message = "1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit")
        String code,
        @NotBlank @Size(max = 200) @OneLine String name) {
}
