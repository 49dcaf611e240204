package org.velador.platform.control;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items  what was asked for, at most as many as asked for
 * @param cursor where the next page starts, opaque to clients; null on the last page
 */
public record Page<T>(List<T> items, String cursor) {

    /**
     * Makes a page of what a query for {@code limit + 1} rows found.
     *
     * @param key the sort key of an item, from which the next page goes on
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = List.copyOf(found.subList(0, limit));
        return new Page<>(items, encode(key.apply(items.get(limit - 1))));
    }

    /** The same page of something made of each item. */
    public <R> Page<R> map(Function<T, R> made) {
        return new Page<>(items.stream().map(made).toList(), cursor);
    }

    /** The key that a cursor stands for; null for the first page. */
    public static String decode(String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalidCursor(cursor);
        }
    }

    public static ProblemException invalidCursor(String cursor) {
        return Problem.invalid("cursor", "'" + cursor + "' (expected: the cursor of an earlier answer)").asException();
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
