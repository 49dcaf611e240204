package org.velador.accounts.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.velador.platform.control.OneLine;

/** What an account is to be from now on. */
public record AccountChange(@NotBlank @Size(max = 200) @OneLine String name, @NotNull List<String> roles, @NotNull Boolean disabled) {
}
