package org.velador.ear.outside;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Values and bodies that nobody should send. */
final class Hostile {

    private static final String MARK = "\"@\"";
    private static final int MUTATIONS = 12;

    private Hostile() {
    }

    /** Texts that fit into a URL or a header. */
    static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(
                "", " ", "\t", ".", "..", "-", "null", "true", "[]", "{}", "x".repeat(65), "x".repeat(3000), "x-".repeat(1500),
                // Control characters, characters that turn the direction of writing, halves and non-characters.
                "\u0000", "a\u0000b", "\u0001", "\u0008", "\u001b[31m", "a\r\nX-Injected: b", "\n", "\u007f", "\u0085", "\u2028", "\u200f", "\u202e", "\u2066x", "\ufeff",
                "\ufffe", "\uffff", "\ud800", "\udc00x", "\ud83d\udc69\u200d\u2695\ufe0f", "e" + "\u0301".repeat(300),
                // SQL, JPQL and other languages.
                "'", "\"", "`", "\\", "' or '1'='1", "'; drop table patient; --", "1) or (1=1", "x' union all values (1) --", "$1", "?1", ":mrn", "{fn now()}", "%", "_", "%s%n%x", "/*", "--",
                "${7*7}", "#{7*7}", "${jndi:ldap://127.0.0.1/a}", "{{7*7}}", "<script>alert(1)</script>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
                // Other places.
                "../../../../etc/passwd", "..\\..\\x", "/etc/passwd", "//127.0.0.1/x", "file:///etc/passwd", "http://127.0.0.1/", ";x=y", "..;/", "WEB-INF/web.xml", "%2e%2e%2f", "%00", "%c0%ae", "a/b", "a?b#c",
                // Numbers.
                "0", "-1", "+1", "1.5", "1e309", "-0", "NaN", "Infinity", "0x10", "007", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "9".repeat(400), "\u0663"));
        texts.addAll(times());
        // What a cursor may hold.
        for (String time : List.of("0000-01-01T00:00:00Z", "-999999999-01-01T00:00:00+18:00", "+999999999-12-31T23:59:59.999999999-18:00", "+300000-01-01T00:00:00Z", "-5000-01-01T00:00:00Z")) {
            texts.add(cursor(time + " 1"));
            texts.add(cursor(time + " 1 1"));
        }
        for (String key : List.of("", " ", "\u0000", "' or '1'='1", "-1", "2147483647", "2147483648", "9223372036854775808", "2026-01-01T00:00:00Z -1", "2026-01-01T00:00:00Z 1 -1", "a b c d", "\ufffd")) {
            texts.add(cursor(key));
        }
        return texts;
    }

    /** Times and dates that are none, or out of range. */
    static List<String> times() {
        return List.of("0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+18:00", "9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999-18:00", "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z", "+300000-01-01T00:00:00Z", "-5000-01-01T00:00:00Z", "+999999999-12-31T23:59:59.999999999Z", "+999999999-12-31T23:59:59.999999999-18:00",
                "-999999999-01-01T00:00:00Z", "-999999999-01-01T00:00:00+18:00", "2026-02-29T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00+19:00", "2026-06-30T23:59:60Z", "2026-01-01T00:00Z",
                "2026-01-01T00:00:00.1234567890Z", "2026-01-01", "0000-01-01", "0001-01-01", "9999-12-31", "+999999999-12-31", "-999999999-01-01", "1582-10-10", "2026-01-01T00:00:00Z[Europe/Berlin]", "now", "infinity", "-infinity", "epoch");
    }

    /** Values of a field, as they stand in JSON or should not. */
    static List<String> values() throws IOException {
        List<String> values = new ArrayList<>(List.of(
                "null", "true", "false", "0", "-0", "-1", "1", "0.1e1", "1e400", "-1e400", "1e-400", "1e999999999", "1e-999999999", "1e99999999999", "9".repeat(1000), "9".repeat(2000), "0." + "1".repeat(2000),
                "1.7976931348623159e308", "2147483648", "9223372036854775808", "NaN", "Infinity", "-Infinity", "+1", "01", ".5", "1.", "0x1", "1_000", "nul", "undefined",
                "[]", "{}", "[[]]", "[null]", "[\"x\"]", "{\"a\":1}", "{\"\":{}}", "[".repeat(900) + "]".repeat(900), "{\"a\":".repeat(900) + "1" + "}".repeat(900), "[".repeat(50_000), "{\"a\":".repeat(5_000),
                "\"", "\"x", "'x'", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u12\"", "\"\\x\"", "\"\\\"", "\"a\nb\"", "\"a\u0000b\"", "\"\\u0000\"", "\"\\u202e\"", "\"\\r\\nX-Injected: b\"", "", ",", "]", "}"));
        // Too long for what takes them, and for expressions that try every way to match.
        for (String text : List.of("x".repeat(30_000), "x-".repeat(100_000), "9".repeat(300_000), " ".repeat(300_000), "\ud83d\ude00".repeat(20_000))) {
            values.add(Api.json(text));
        }
        for (String text : texts()) {
            if (!text.equals("\ud800") && !text.equals("\udc00x")) {
                values.add(Api.json(text));
            }
        }
        return values;
    }

    /** The example with another value in each of its fields in turn. */
    static List<String> withOtherFields(String example) throws IOException {
        List<String> bodies = new ArrayList<>();
        if (Api.JSON.readTree(example) instanceof ObjectNode object) {
            for (String template : templates(object)) {
                values().forEach(value -> bodies.add(template.replace(MARK, value)));
            }
        }
        return bodies;
    }

    /** The object with a mark in place of each value, also of those within objects. */
    private static List<String> templates(ObjectNode object) {
        List<String> templates = new ArrayList<>();
        object.fieldNames().forEachRemaining(field -> {
            ObjectNode copy = object.deepCopy();
            copy.put(field, "@");
            templates.add(copy.toString());
            if (object.get(field) instanceof ObjectNode inner) {
                for (String within : templates(inner)) {
                    templates.add(copy.toString().replace(MARK, within));
                }
            }
        });
        return templates;
    }

    /** The example as CSV with another value in each cell of its first row in turn. */
    static List<String> withOtherCells(String example) {
        String[] lines = example.split("\n");
        String[] cells = lines[1].split(",");
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            for (String text : texts()) {
                String[] others = cells.clone();
                others[i] = "\"" + text.replace("\"", "\"\"") + "\"";
                bodies.add(lines[0] + "\n" + String.join(",", others) + "\n");
            }
        }
        return bodies;
    }

    /** Bodies that are broken as a whole. */
    static List<byte[]> broken(String example) {
        List<byte[]> bodies = new ArrayList<>();
        String firstField = example.startsWith("{") ? example.substring(1, example.indexOf(',') < 0 ? example.length() - 1 : example.indexOf(',')) : "\"a\":1";
        Stream.of("", " ", "\n\n", "null", "true", "0", "\"\"", "\"x\"", "[]", "[[]]", "[null]", "{}", "{}{}", "{} x", "[{}]", "[" + example + "]", "[" + example, example + "]", example + example, example + ",",
                        "\ufeff" + example, "//\n" + example, "/**/" + example, example.replace('"', '\''), "{" + firstField + "," + firstField + "}", "{\"__proto__\":{}}", "{\"class\":\"x\"}",
                        "{\"@type\":\"x\"}", "{\"\":1}", "{\"\\u0000\":1}", "{\"\\ud800\":1}", "{\"\\u202e\":1}", "{\"" + "n".repeat(40_000) + "\":1}", "{\"" + "n".repeat(60_000) + "\":1}",
                        "{\"n\":{\"" + "n".repeat(40_000) + "\":1}}", "[".repeat(100_000), "{\"a\":".repeat(100_000), "[".repeat(500) + "]".repeat(500), "<x/>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
                        "a=b&c=d", "--- !!javax.script.ScriptEngineManager []", "\"".repeat(1001), ",".repeat(10_000), "\n".repeat(10_000), "{" + unknownFields(5_000) + "}", "[" + "{},".repeat(2_000) + "{}]")
                .forEach(text -> bodies.add(text.getBytes(StandardCharsets.UTF_8)));
        byte[] whole = example.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length; length += Math.max(1, whole.length / 12)) {
            bodies.add(Arrays.copyOf(whole, length));
        }
        for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "IBM037")) {
            bodies.add(example.getBytes(Charset.forName(charset)));
        }
        // Not UTF-8: a lone continuation, a slash in two bytes, a surrogate, past the last character, Latin-1, what gzip begins with.
        for (String bytes : List.of("\u0080", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00e4", "\u001f\u008b\u0008", "\u00ff\u00fe")) {
            bodies.add((bytes + example).getBytes(StandardCharsets.ISO_8859_1));
            bodies.add(example.replaceFirst("(?<=[a-z])", bytes).getBytes(StandardCharsets.ISO_8859_1));
        }
        // Always the same ones.
        Random random = new Random(example.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = whole.clone();
            for (int changes = 0; changes <= i; changes++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            bodies.add(mutated);
        }
        return bodies;
    }

    private static String unknownFields(int count) {
        StringBuilder fields = new StringBuilder("\"f\":0");
        for (int i = 0; i < count; i++) {
            fields.append(",\"").append(i).append("\":0");
        }
        return fields.toString();
    }

    static List<String> contentTypes() {
        return List.of("text/plain", "text/html", "text/xml", "application/xml", "application/octet-stream", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
                "application/json; charset=utf-16", "application/json; charset=nonsense", "application/json; charset", "application/json;;", "application/json; charset=\"", "application/problem+json", "application/merge-patch+json",
                "application/jsonp", "APPLICATION/JSON", "application/json, text/csv", "text/csv; header=absent", "text/csv; charset=utf-16", "application/*", "*/*", "*", "/", "json", ";", "\u00e4", "a/b/c",
                "application/" + "x".repeat(2000), "${7*7}/x", "application/vnd.sun.wadl+xml", "application/x-java-serialized-object");
    }

    /** As it is written within a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
