package org.velador.audit.entity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;

/**
 * What is hashed and signed: fields in a fixed order, each as its length in bytes, a colon, its text and a comma; nothing at all
 * as {@code -,}. No two contents have one form. PostgreSQL's {@code audit_field} makes the same.
 */
final class Form {

    private final StringBuilder text = new StringBuilder();

    Form add(String value) {
        if (value == null) {
            text.append('-');
        } else {
            text.append(value.getBytes(StandardCharsets.UTF_8).length).append(':').append(value);
        }
        text.append(',');
        return this;
    }

    Form add(long value) {
        return add(Long.toString(value));
    }

    /** In microseconds since 1970, as fine as PostgreSQL keeps it. */
    Form add(OffsetDateTime time) {
        return add(Math.addExact(Math.multiplyExact(time.toEpochSecond(), 1_000_000L), time.getNano() / 1_000));
    }

    /** How many, and each. */
    Form add(List<String> values) {
        add(values.size());
        values.forEach(this::add);
        return this;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256, in hexadecimal. */
    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
