package org.velador.accounts.control;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What a session is proved with, for a while.
 *
 * @param session   whose it is
 * @param username  who has signed in
 * @param roles     what this person could do when the token was issued; what counts is looked up, unless the database is away
 * @param expiresAt in UTC; until then it may be exchanged for a new one
 */
public record SessionToken(UUID session, String username, List<String> roles, OffsetDateTime expiresAt) {
}
