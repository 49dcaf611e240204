package org.velador.platform.boundary;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.velador.platform.control.Problem;

/**
 * What is refused before JAX-RS or outside of it, such as a path that leads nowhere: a problem like all others, in place of the
 * server's own page with its name and version. Named in {@code web.xml} as the error page for everything.
 */
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object given = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Response.Status known = Response.Status.fromStatusCode(given instanceof Integer code ? code : 404);
        Response.Status status = known == null ? Response.Status.INTERNAL_SERVER_ERROR : known;
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Problem problem = HttpErrorMapper.problem(status, status == Response.Status.NOT_FOUND
                ? "There is nothing at " + (path == null ? request.getRequestURI() : path) + "."
                : status.getReasonPhrase() + ".");
        ProblemResponse.send(problem, response);
    }
}
