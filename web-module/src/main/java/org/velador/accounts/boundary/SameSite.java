package org.velador.accounts.boundary;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.util.Set;

/**
 * Whether a request that a browser sent with the cookie comes from a page of ours. The cookie is {@code SameSite=Strict} already; this holds for
 * browsers that do not keep to it, and for other applications on the same site. All browsers of the last years send {@code Sec-Fetch-Site}, which
 * no page can forge, or {@code Origin} with what changes something (OWASP, Cross-Site Request Forgery Prevention).
 */
final class SameSite {

    private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

    private SameSite() {
    }

    static boolean isForged(ContainerRequestContext request) {
        if (HARMLESS.contains(request.getMethod())) {
            return false;
        }
        String fetchSite = request.getHeaderString("Sec-Fetch-Site");
        if (fetchSite != null) {
            return !fetchSite.equals("same-origin");
        }
        String origin = request.getHeaderString("Origin");
        return origin == null || !authority(origin).equals(request.getHeaderString("Host"));
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
