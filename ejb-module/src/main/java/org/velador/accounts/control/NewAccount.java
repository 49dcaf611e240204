package org.velador.accounts.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.velador.platform.control.OneLine;

/**
 * What is asked for to make an account.
 *
 * @param password temporary: whoever signs in with it has to choose an own one
 */
public record NewAccount(
        @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._@-]{1,63}", message = "2 to 64 letters, digits, '.', '_', '@' or '-', the first a letter or digit")
        String username,
        @NotBlank @Size(max = 200) @OneLine String name,
        @NotNull List<String> roles,
        String password) {

    /** Without the password, wherever it is printed. */
    @Override
    public String toString() {
        return "NewAccount[" + username + "]";
    }
}
