package org.velador.platform.boundary;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.velador.platform.control.Problem;

/** A request record that breaks its constraints: every wrong field by name. */
@Provider
public class ViolationMapper implements ExceptionMapper<ConstraintViolationException> {

    @Override
    public Response toResponse(ConstraintViolationException e) {
        List<Problem.Violation> violations = e.getConstraintViolations().stream()
                .map(v -> new Problem.Violation(field(v), got(v) + " (expected: " + v.getMessage() + ")"))
                .sorted(Comparator.comparing(Problem.Violation::field))
                .toList();
        String detail = violations.stream().map(v -> v.field() + ": " + v.detail()).collect(Collectors.joining("; "));
        return ProblemResponse.of(new Problem(400, "invalid-request", "Invalid request", detail, violations));
    }

    /** The path below the method's parameter, such as {@code medium.low}: what the client wrote. */
    private static String field(ConstraintViolation<?> violation) {
        String path = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .filter(node -> node.getKind() == ElementKind.PROPERTY)
                .map(node -> node.getName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    private static String got(ConstraintViolation<?> violation) {
        Object value = violation.getInvalidValue();
        if (value == null) {
            return "missing";
        }
        String text = value.toString();
        return "'" + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + "'";
    }
}
