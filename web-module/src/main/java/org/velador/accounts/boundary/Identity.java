package org.velador.accounts.boundary;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.velador.platform.control.Problem;

/**
 * Who sent a request, as far as its credentials tell by themselves.
 *
 * @param name    of the account or device; null without (good) credentials
 * @param roles   of a device; of a person those in the token, while what counts is looked up with the session
 * @param session null for a device, and for a person whom another identity provider knows
 * @param person  whether it is one, not a device or a service
 * @param cookie  whether a browser sent it without being asked
 * @param problem why the credentials are no good; null when they are, or there are none
 */
record Identity(String name, List<String> roles, UUID session, boolean person, boolean cookie, Problem problem) {

    private static final String ATTRIBUTE = Identity.class.getName();

    static Identity nobody(Problem problem) {
        return new Identity(null, List.of(), null, false, false, problem);
    }

    boolean hasSession() {
        return session != null;
    }

    void storeIn(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static Identity in(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Identity identity ? identity : nobody(null);
    }
}
