package org.velador.accounts.boundary;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What a request brings to prove who sent it: the key of a device in {@code X-API-Key}, or the token of a session, as bearer or in the cookie
 * that browsers have. A header counts before the cookie, which a browser sends without being asked.
 *
 * @param kind  where it was
 * @param value the key or the token
 */
record Credentials(Kind kind, String value) {

    /** Only over a connection of its own does a browser keep it, and no script ever sees it. */
    static final String COOKIE = "velador-session";

    private static final String API_KEY = "X-API-Key";
    private static final String BEARER = "Bearer ";

    enum Kind {
        API_KEY, BEARER, COOKIE
    }

    static Optional<Credentials> of(HttpServletRequest request) {
        String key = request.getHeader(API_KEY);
        if (key != null) {
            return Optional.of(new Credentials(Kind.API_KEY, key.strip()));
        }
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(new Credentials(Kind.BEARER, authorization.substring(BEARER.length()).strip()));
        }
        if (request.getCookies() != null) {
            for (Cookie cookie : request.getCookies()) {
                if (cookie.getName().equals(COOKIE) && !cookie.getValue().isEmpty()) {
                    return Optional.of(new Credentials(Kind.COOKIE, cookie.getValue()));
                }
            }
        }
        return Optional.empty();
    }

    /** Never with the secret in it. */
    @Override
    public String toString() {
        return kind.toString();
    }
}
