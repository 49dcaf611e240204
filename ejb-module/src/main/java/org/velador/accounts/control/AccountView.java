package org.velador.accounts.control;

import java.time.OffsetDateTime;
import java.util.List;
import org.velador.accounts.entity.Account;
import org.velador.accounts.entity.Role;
import org.velador.platform.control.Time;

/** An account as administrators see it. */
public record AccountView(String username, String name, List<String> roles, boolean disabled, boolean passwordTemporary, OffsetDateTime createdAt) {

    static AccountView of(Account account) {
        return new AccountView(account.username(), account.name(), Role.names(account.roles()), account.isDisabled(), account.isPasswordTemporary(),
                Time.utc(account.createdAt()));
    }
}
