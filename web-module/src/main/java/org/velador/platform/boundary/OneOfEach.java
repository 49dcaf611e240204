package org.velador.platform.boundary;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Problem.Violation;

/**
 * Refuses a query parameter that is given twice. JAX-RS would take the first and others on the way the last, and whoever asks for two
 * patients must not take what is answered about one for both.
 */
@Provider
public class OneOfEach implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        List<Violation> violations = request.getUriInfo().getQueryParameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().size() > 1)
                .map(parameter -> new Violation(parameter.getKey(), "given " + parameter.getValue().size() + " times (expected: once)"))
                .toList();
        if (!violations.isEmpty()) {
            request.abortWith(ProblemResponse.of(Problem.invalid(violations)));
        }
    }
}
