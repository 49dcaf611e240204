package org.velador.platform.boundary;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/**
 * Reads query parameters. JAX-RS answers 404 to a number that is none; whoever mistyped a filter should be told which.
 * Each method answers null (or the default) when the parameter was not given.
 */
public final class Query {

    private Query() {
    }

    public static int limit(String given, int byDefault, int most) {
        return wholeNumber("limit", given, byDefault, 1, most);
    }

    public static int wholeNumber(String name, String given, int byDefault, int least, int most) {
        if (given == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(given.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw Problem.invalid(name, "'" + given + "' (expected: a whole number from " + least + " to " + most + ")").asException();
    }

    public static OffsetDateTime time(String name, String given) {
        if (given == null) {
            return null;
        }
        try {
            return Time.parse(given.strip());
        } catch (DateTimeParseException e) {
            throw Problem.invalid(name, "'" + given + "' (expected: a time such as 2026-01-31T12:00:00Z)").asException();
        }
    }

    /** An enum constant by its lower-case name. */
    public static <E extends Enum<E>> E oneOf(Class<E> type, String name, String given) {
        if (given == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(given))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(name, "'" + given + "' (expected: "
                        + Arrays.stream(type.getEnumConstants()).map(Query::word).collect(Collectors.joining(", ")) + ")").asException());
    }

    public static String required(String name, String given) {
        if (given == null || given.isBlank()) {
            throw Problem.invalid(name, "missing (expected: a value for this query parameter)").asException();
        }
        return given;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
