package org.velador.platform.boundary;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;
import org.velador.platform.control.Problem;

/** What JAX-RS itself refuses: no such path, a method or content type that a path does not take. */
@Provider
public class HttpErrorMapper implements ExceptionMapper<WebApplicationException> {

    @Context
    private UriInfo uri;

    @Override
    public Response toResponse(WebApplicationException e) {
        Response refused = e.getResponse();
        if (refused.getStatus() < 400 || refused.hasEntity()) {
            return refused;
        }
        Response.StatusType status = refused.getStatusInfo();
        String detail = switch (status.getStatusCode()) {
            case 404 -> "There is nothing at /api/" + uri.getPath() + ".";
            case 405 -> "The methods here are: " + refused.getHeaderString(HttpHeaders.ALLOW) + ".";
            case 406 -> "What the Accept header names cannot be produced here.";
            case 415 -> "The Content-Type is not taken here.";
            default -> status.getReasonPhrase() + ".";
        };
        Response problem = ProblemResponse.of(problem(status, detail));
        String allow = refused.getHeaderString(HttpHeaders.ALLOW);
        return allow == null ? problem : Response.fromResponse(problem).header(HttpHeaders.ALLOW, allow).build();
    }

    /** The problem that HTTP has a name for: 404 is {@code not-found}. */
    static Problem problem(Response.StatusType status, String detail) {
        String slug = status.getReasonPhrase().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
        return new Problem(status.getStatusCode(), slug, status.getReasonPhrase(), detail);
    }
}
