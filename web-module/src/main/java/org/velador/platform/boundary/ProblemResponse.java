package org.velador.platform.boundary;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import org.velador.platform.control.Problem;

/** A {@link Problem} as it is answered: {@code application/problem+json} (RFC 9457). */
public final class ProblemResponse {

    static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    private ProblemResponse() {
    }

    record Body(
            String type,
            String title,
            int status,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Problem.Violation> violations) {

        Body(Problem p) {
            this(p.type(), p.title(), p.status(), p.detail(), p.violations());
        }
    }

    public static Response of(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.status()).type(PROBLEM_JSON).entity(new Body(problem));
        if (problem.retryAfter() > 0) {
            response.header(HttpHeaders.RETRY_AFTER, problem.retryAfter());
        }
        return response.build();
    }

    /** The same outside of JAX-RS. */
    public static void send(Problem problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(PROBLEM_JSON.toString());
        if (problem.retryAfter() > 0) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, problem.retryAfter());
        }
        Json.MAPPER.writeValue(response.getOutputStream(), new Body(problem));
    }
}
