package org.velador.accounts.control;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * A device or gateway, without its key.
 *
 * @param roles      {@code device}; more only for services of the site itself
 * @param lastUsedAt to within half a minute; null before the first time
 * @param revokedAt  null while the key is good
 */
public record DeviceView(String code, String name, List<String> roles, OffsetDateTime createdAt, String createdBy, OffsetDateTime lastUsedAt,
        OffsetDateTime revokedAt) {
}
