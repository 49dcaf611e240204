package org.velador.site.boundary;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.velador.site.control.Traffic;

/** Counts and times the requests of the API. A stream, which stays open for news to come, is neither timed nor in flight. */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class TrafficFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Traffic traffic;

    @Inject
    private transient Metrics metrics;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        long start = System.nanoTime();
        traffic.begins();
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                traffic.staysOpen();
            } else {
                long took = System.nanoTime() - start;
                traffic.ends(took);
                metrics.answered(request.getMethod(), response.getStatus(), took);
            }
        }
    }
}
