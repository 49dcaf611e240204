package org.velador.audit.control;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs between a thing before and after a change, in words for an entry's detail. */
public final class Changes {

    private Changes() {
    }

    /**
     * Each field that differs, with both values: {@code ward: 'ICU' -> 'W1'}.
     *
     * @param before null for what is new
     * @param after  null for what is taken away
     */
    public static <R extends Record> String between(R before, R after) {
        return differing(before, after)
                .map(field -> field.getName() + ": " + shown(field, before) + " -> " + shown(field, after))
                .collect(Collectors.joining(", "));
    }

    /** The names alone of the fields that differ: for personal data, which whoever reads the audit need not see. */
    public static <R extends Record> String fields(R before, R after) {
        return differing(before, after).map(RecordComponent::getName).collect(Collectors.joining(", "));
    }

    private static Stream<RecordComponent> differing(Record before, Record after) {
        return Arrays.stream((before == null ? after : before).getClass().getRecordComponents())
                .filter(field -> !Objects.equals(value(field, before), value(field, after)));
    }

    private static String shown(RecordComponent field, Record record) {
        Object value = value(field, record);
        return value == null ? "none" : "'" + value + "'";
    }

    private static Object value(RecordComponent field, Record record) {
        try {
            return record == null ? null : field.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Not a public record: " + record.getClass(), e);
        }
    }
}
