package org.velador.platform.boundary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.velador.platform.control.Problem;
import org.velador.platform.control.ProblemException;

/** JSON that cannot be read as what was expected: not JSON at all, an unknown field, a wrong type. */
@Provider
public class MalformedJsonMapper implements ExceptionMapper<JsonProcessingException> {

    /** Of Jackson's messages: how to make it take more, which is nothing for clients. */
    private static final Pattern NAMES_OF_THE_PARSER =
            Pattern.compile(", from `[^`]*`|: enable `\\w+\\.[^`]*`.*| \\((?:consider enabling|start marker at) .*");

    @Override
    public Response toResponse(JsonProcessingException e) {
        if (e.getCause() instanceof ProblemException refused) {
            return ProblemResponse.of(refused.problem());
        }
        return ProblemResponse.of(problem(e));
    }

    /** Says what was wrong without naming our classes. */
    public static Problem problem(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            String known = unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
            return invalid(path(unknown), "unknown field (expected one of: " + known + ")");
        }
        if (e instanceof InvalidFormatException format) {
            return invalid(path(format), "'" + shorten(String.valueOf(format.getValue())) + "' (expected: " + words(format.getTargetType()) + ")");
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return invalid(path(mismatch), "wrong type (expected: " + words(mismatch.getTargetType()) + ")");
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return invalid(path(mapping), shorten(firstLine(mapping.getOriginalMessage())));
        }
        var at = e.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        String message = NAMES_OF_THE_PARSER.matcher(firstLine(e.getOriginalMessage())).replaceAll("");
        return new Problem(400, "malformed-json", "Malformed JSON", where + shorten(message));
    }

    private static Problem invalid(String field, String detail) {
        return field.isEmpty()
                ? new Problem(400, "malformed-json", "Malformed JSON", "The body has the " + detail)
                : new Problem(400, "invalid-request", "Invalid request", field + ": " + detail, List.of(new Problem.Violation(field, detail)));
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String words(Class<?> type) {
        if (type.isEnum()) {
            return java.util.Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "Double", "double" -> "a number";
            case "Integer", "int", "Long", "long" -> "a whole number";
            case "String" -> "text";
            case "Boolean", "boolean" -> "true or false";
            case "OffsetDateTime" -> "a time such as 2026-01-31T12:00:00Z";
            case "LocalDate" -> "a date such as 2026-01-31";
            case "List", "ArrayList" -> "an array";
            default -> "an object";
        };
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static String shorten(String text) {
        return text.length() > 160 ? text.substring(0, 160) + "…" : text;
    }
}
