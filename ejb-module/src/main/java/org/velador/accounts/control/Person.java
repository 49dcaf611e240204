package org.velador.accounts.control;

import java.util.List;

/**
 * Somebody who has signed in.
 *
 * @param username          in lower case
 * @param name              as it is shown
 * @param roles             {@code admin}, {@code clinician}, {@code viewer}
 * @param passwordTemporary whether there is nothing this person may do but choose an own password
 */
public record Person(String username, String name, List<String> roles, boolean passwordTemporary) {
}
