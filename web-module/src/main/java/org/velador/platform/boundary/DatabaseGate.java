package org.velador.platform.boundary;

import jakarta.ejb.EJB;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.DatabaseProbe;
import org.velador.platform.control.Migrations;
import org.velador.platform.control.Problem;

/**
 * Refuses at once what cannot be served while the database is known to be away, or is not what this instance was built for:
 * nobody waits for it in a thread that others need. Before all of {@code /api}, as {@code web.xml} says.
 */
public class DatabaseGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** What answers without a database, and is looked at just then. */
    private static final Set<String> WITHOUT_DATABASE = Set.of("/docs", "/site", "/site/configuration");

    @EJB
    private transient DatabaseProbe database;

    @EJB
    private transient Migrations migrations;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (request.getPathInfo() != null && WITHOUT_DATABASE.contains(request.getPathInfo())) {
            chain.doFilter(request, response);
        } else if (database.knownFailure().isPresent()) {
            ProblemResponse.send(DatabaseFailure.unavailable(), response);
        } else if (!migrations.schemaIsCurrent()) {
            ProblemResponse.send(new Problem(503, "starting", "Starting", "This instance is not ready to serve yet: send it again."), response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
