package org.velador.platform.boundary;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Tells browsers with every answer what they may do with it: run only what this site serves as files of its own, show it in no
 * frame, guess no content type, name no address of a patient to other sites, and keep no data. Before everything else, as
 * {@code web.xml} says, so that refusals and error pages have it too.
 */
public class SecurityHeaders extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Swagger UI has its pictures within its style sheet. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** A year, in seconds. */
    private static final String STRICT_TRANSPORT_SECURITY = "max-age=31536000";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        Lasting lasting = new Lasting(request, response);
        lasting.set();
        chain.doFilter(request, lasting);
    }

    /** Where TLS ends at the load balancer it says so. */
    private static boolean isEncrypted(HttpServletRequest request) {
        return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }

    /** An answer that keeps these headers when all that was said so far is taken back. */
    private static final class Lasting extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        Lasting(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        void set() {
            setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            setHeader("X-Content-Type-Options", "nosniff");
            setHeader("Referrer-Policy", "no-referrer");
            if (request.getServletPath().equals("/api")) {
                // A resource may say otherwise of what is no patient's.
                setHeader("Cache-Control", "no-store");
            }
            if (isEncrypted(request)) {
                setHeader("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY);
            }
        }

        @Override
        public void reset() {
            super.reset();
            set();
        }
    }
}
