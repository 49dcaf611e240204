package org.velador.accounts.boundary;

import jakarta.servlet.http.HttpServletRequest;

/** Where a request comes from, past the load balancer. */
final class ClientAddress {

    /** IPv4 or IPv6, nothing else that a client may have written into the header. */
    static final String ADDRESS = "[0-9a-fA-F:.]{2,45}";

    private ClientAddress() {
    }

    /**
     * The last entry of {@code X-Forwarded-For}: the one that the load balancer itself has added, while those before it may be
     * invented. Instances are reached by nobody else (docs/operations.md); without the header it is the other end of the connection.
     */
    static String of(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded != null) {
            String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
            if (last.matches(ADDRESS)) {
                return last;
            }
        }
        return request.getRemoteAddr();
    }
}
