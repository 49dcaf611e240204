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
final class ProblemResponse {

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

    static Response of(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.status()).type(PROBLEM_JSON).entity(new Body(problem));
        if (problem.status() == 503) {
            response.header(HttpHeaders.RETRY_AFTER, 1);
        }
        return response.build();
    }

    /** The same outside of JAX-RS. */
    static void send(Problem problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(PROBLEM_JSON.toString());
        if (problem.status() == 503) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, 1);
        }
        Json.MAPPER.writeValue(response.getOutputStream(), new Body(problem));
    }
}
