package org.velador.cluster.gateway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One mapping of a YAML file, read key by key. It knows where it stands, so every complaint names the key, and at
 * {@link #end()} it complains about keys that nobody asked for: a misspelt key must not pass as a default.
 */
final class YamlSection {

    private final String where;
    private final Map<?, ?> values;
    private final Set<Object> known = new LinkedHashSet<>();

    YamlSection(String where, Object node) {
        this.where = where;
        if (!(node instanceof Map<?, ?> map)) {
            throw wrong(where, node, "a mapping");
        }
        values = map;
    }

    String text(String key) {
        return value(key) instanceof String text && !text.isBlank() ? text : refuse(key, "a text");
    }

    String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        return value(key) instanceof Boolean flag ? flag : refuse(key, "true or false");
    }

    int count(String key, int otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        return value(key) instanceof Integer count && count >= 0 ? count : refuse(key, "a whole number, 0 or more");
    }

    double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        return value(key) instanceof Number number && number.doubleValue() >= 0 ? number.doubleValue()
                : refuse(key, "a number, 0 or more");
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(key)) {
            texts.add(item instanceof String text ? text : refuse(key, "a list of texts"));
        }
        return texts;
    }

    Set<Integer> statuses(String key, Set<Integer> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        Set<Integer> statuses = new LinkedHashSet<>();
        for (Object item : items(key)) {
            statuses.add(item instanceof Integer status ? status : refuse(key, "a list of HTTP statuses"));
        }
        return Set.copyOf(statuses);
    }

    List<YamlSection> sections(String key) {
        List<YamlSection> sections = new ArrayList<>();
        for (Object item : items(key)) {
            sections.add(new YamlSection(path(key) + '[' + sections.size() + ']', item));
        }
        return sections;
    }

    /** The mapping under a key; an empty one when the key is absent. */
    YamlSection section(String key) {
        return new YamlSection(path(key), has(key) ? value(key) : Map.of());
    }

    boolean has(String key) {
        known.add(key);
        return values.get(key) != null;
    }

    void end() {
        for (Object key : values.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(path(String.valueOf(key)) + ": got an unknown key, expected one of "
                        + String.join(", ", known.stream().map(String::valueOf).toList()));
            }
        }
    }

    /** Refuses the value of a key; typed so that it fits at the end of any expression. */
    <T> T refuse(String key, String expected) {
        throw wrong(path(key), values.get(key), expected);
    }

    private List<?> items(String key) {
        return value(key) instanceof List<?> list && !list.isEmpty() ? list : refuse(key, "a list of at least one");
    }

    private Object value(String key) {
        known.add(key);
        return values.get(key);
    }

    private String path(String key) {
        return where.endsWith(":") ? where + ' ' + key : where + '.' + key;
    }

    private static IllegalArgumentException wrong(String path, Object got, String expected) {
        return new IllegalArgumentException(
                (path.endsWith(":") ? path : path + ':') + " got " + (got == null ? "nothing" : got) + ", expected " + expected);
    }
}
