package org.velador.platform.control;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a request was refused, as RFC 9457 puts it. The slug is stable: clients may decide by it.
 *
 * @param status     the HTTP status
 * @param slug       the kind of problem, such as {@code not-found}; {@link #type()} makes it a URN
 * @param title      the kind of problem in words, the same for each occurrence
 * @param detail     this occurrence: what was wrong and what was expected; cut short where it would be very long
 * @param violations the fields that were wrong, {@value #MOST_VIOLATIONS} at the most, or an empty list
 * @param retryAfter seconds after which the same may be asked again; 0 when that is of no use
 */
public record Problem(int status, String slug, String title, String detail, List<Violation> violations, int retryAfter) {

    private static final int SOON = 1;

    /** Much of what is refused is in what is said about it: without a limit the answer would be many times as long as the request. */
    private static final int LONGEST_DETAIL = 1000;
    private static final int LONGEST_FIELD = 100;
    private static final int MOST_VIOLATIONS = 20;

    public Problem {
        detail = shortened(detail, LONGEST_DETAIL);
        violations = violations.size() > MOST_VIOLATIONS ? List.copyOf(violations.subList(0, MOST_VIOLATIONS)) : violations;
    }

    /** One wrong field: its name as the client wrote it, and what is wrong with it. */
    public record Violation(String field, String detail) {

        public Violation {
            field = shortened(field, LONGEST_FIELD);
            detail = shortened(detail, LONGEST_DETAIL);
        }
    }

    public Problem(int status, String slug, String title, String detail) {
        this(status, slug, title, detail, List.of());
    }

    public Problem(int status, String slug, String title, String detail, List<Violation> violations) {
        this(status, slug, title, detail, violations, status == 503 ? SOON : 0);
    }

    public Problem(int status, String slug, String title, String detail, int retryAfter) {
        this(status, slug, title, detail, List.of(), retryAfter);
    }

    public static Problem notFound(String what, Object key) {
        return new Problem(404, "not-found", "Not found", "There is no " + what + " '" + key + "'.");
    }

    public static Problem alreadyExists(String what, Object key) {
        return new Problem(409, "already-exists", "Already exists", "There is a " + what + " '" + key + "' already.");
    }

    public static Problem inUse(String what, Object key, String by) {
        return new Problem(409, "in-use", "In use", "The " + what + " '" + key + "' cannot be deleted: it has " + by + ".");
    }

    /** Well-formed, but one field does not make sense. */
    public static Problem invalid(String field, String detail) {
        return invalid(List.of(new Violation(field, detail)));
    }

    /** Well-formed, but these fields do not make sense. */
    public static Problem invalid(List<Violation> violations) {
        return new Problem(400, "invalid-request", "Invalid request",
                violations.stream().map(v -> v.field() + ": " + v.detail()).collect(Collectors.joining("; ")), violations);
    }

    /** The edit was made on a version that is no longer the present one. */
    public static Problem stale(String what, Object key) {
        return new Problem(412, "stale-version", "Changed in the meantime",
                "The " + what + " '" + key + "' has changed since the version named in If-Match: read it again and repeat the edit.");
    }

    /** More is asked of this instance than it serves in time; nothing was done. */
    public static Problem overloaded() {
        return new Problem(503, "overloaded", "Overloaded", "This instance has more requests than it can serve in time. This one was not begun: send it again.");
    }

    public String type() {
        return "urn:velador:problem:" + slug;
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** Never ends with half a character. */
    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most) + "…";
    }
}
