package org.velador.measurements.boundary;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.velador.measurements.control.Draft;
import org.velador.platform.boundary.Json;
import org.velador.platform.boundary.MalformedJsonMapper;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Problem.Violation;

/**
 * Reads measurements as a stream of JSON tokens: a wrong field spoils the one measurement it stands in, and ten thousand of
 * them never stand in memory as a tree.
 */
final class JsonMeasurements {

    /** NaN is read so that it spoils one measurement, by name, and not the request. */
    private static final JsonFactory JSON = Json.MAPPER.getFactory().copy().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
    private static final int MOST_VIOLATIONS = 10;
    private static final String FIELDS = "variable, place, value, unit, takenAt, device";

    private final Reading reading = new Reading();
    /** Monitors that report together write the same time again and again, and reading one takes as long as all else of a measurement. */
    private String lastTime;
    private OffsetDateTime lastTakenAt;

    /** What a body holds, and whether it was one object rather than an array. */
    record Body(Reading reading, boolean single) {
    }

    static Body read(InputStream in) throws IOException {
        JsonMeasurements json = new JsonMeasurements();
        try (JsonParser parser = JSON.createParser(in)) {
            boolean single = switch (start(parser)) {
                case START_OBJECT -> {
                    json.measurement(parser);
                    yield true;
                }
                case START_ARRAY -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        json.element(parser);
                    }
                    yield false;
                }
                default -> throw malformed("The body is neither an object nor an array (expected: one measurement or an array of them).").asException();
            };
            if (parser.nextToken() != null) {
                throw malformed("There is more after the end of the " + (single ? "object" : "array") + ".").asException();
            }
            return new Body(json.reading, single);
        }
    }

    /** One measurement a line. A line that is no JSON, or not in UTF-8, spoils itself only. */
    static Reading readLines(InputStream in) throws IOException {
        JsonMeasurements json = new JsonMeasurements();
        byte[] bytes = in.readAllBytes();
        for (int from = 0; from < bytes.length;) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (!isBlank(bytes, from, end)) {
                json.line(bytes, from, end);
            }
            from = end + 1;
        }
        return json.reading;
    }

    private static boolean isBlank(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static JsonToken start(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw malformed("The body is empty (expected: one measurement or an array of them).").asException();
        }
        return token;
    }

    private void line(byte[] bytes, int from, int end) throws IOException {
        int before = reading.size();
        try (JsonParser parser = JSON.createParser(bytes, from, end - from)) {
            parser.nextToken();
            Problem problem = null;
            Fields fields = null;
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                fields = fields(parser);
            } else {
                problem = malformed("The line is not an object (expected: one measurement a line).");
            }
            if (problem == null && parser.nextToken() != null) {
                problem = malformed("There is more after the end of the object (expected: one measurement a line).");
            }
            add(fields, problem);
        } catch (JsonProcessingException e) {
            if (reading.size() == before) {
                reading.add(MalformedJsonMapper.problem(e));
            }
        } catch (CharConversionException e) {
            reading.add(malformed("The line is not in UTF-8."));
        }
    }

    private void element(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            measurement(parser);
        } else {
            parser.skipChildren();
            reading.add(invalid(List.of(new Violation("[" + reading.size() + "]", "wrong type (expected: an object)"))));
        }
    }

    private void measurement(JsonParser parser) throws IOException {
        add(fields(parser), null);
    }

    private void add(Fields fields, Problem problem) {
        if (problem != null) {
            reading.add(problem);
        } else if (!fields.violations.isEmpty()) {
            reading.add(invalid(fields.violations));
        } else {
            reading.add(new Draft(reading.size(), fields.variable, fields.place, fields.value, fields.unit, fields.takenAt, fields.device));
        }
    }

    private static final class Fields {
        private String variable;
        private String place;
        private Double value;
        private String unit;
        private OffsetDateTime takenAt;
        private String device;
        private final List<Violation> violations = new ArrayList<>();
    }

    private Fields fields(JsonParser parser) throws IOException {
        Fields f = new Fields();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "variable" -> f.variable = text(parser, field, f);
                case "place" -> f.place = text(parser, field, f);
                case "value" -> f.value = number(parser, f);
                case "unit" -> f.unit = text(parser, field, f);
                case "takenAt" -> f.takenAt = time(parser, f);
                case "device" -> f.device = text(parser, field, f);
                default -> {
                    // A few tell as much as all of very many.
                    if (f.violations.size() < MOST_VIOLATIONS) {
                        f.violations.add(new Violation(field.isBlank() ? "'" + field + "'" : field, "unknown field (expected one of: " + FIELDS + ")"));
                    }
                    parser.skipChildren();
                }
            }
        }
        require("variable", f.variable, f);
        require("place", f.place, f);
        require("value", f.value, f);
        return f;
    }

    private static void require(String field, Object value, Fields f) {
        if (value == null && f.violations.stream().noneMatch(v -> v.field().equals(field))) {
            f.violations.add(new Violation(field, "missing (expected: a value)"));
        }
    }

    private static String text(JsonParser parser, String field, Fields f) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            default -> wrong(parser, field, "text", f);
        };
    }

    private static Double number(JsonParser parser, Fields f) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_NULL -> null;
            default -> wrong(parser, "value", "a number", f);
        };
    }

    private OffsetDateTime time(JsonParser parser, Fields f) throws IOException {
        String expected = "a time such as 2026-01-31T12:00:00Z";
        return switch (parser.currentToken()) {
            case VALUE_STRING -> {
                String text = parser.getText();
                if (text.equals(lastTime)) {
                    yield lastTakenAt;
                }
                try {
                    lastTakenAt = OffsetDateTime.parse(text);
                    lastTime = text;
                    yield lastTakenAt;
                } catch (DateTimeParseException e) {
                    yield wrong(parser, "takenAt", expected, f);
                }
            }
            case VALUE_NULL -> null;
            default -> wrong(parser, "takenAt", expected, f);
        };
    }

    private static <T> T wrong(JsonParser parser, String field, String expected, Fields f) throws IOException {
        String got = parser.currentToken().isScalarValue() ? parser.getText() : parser.currentToken() == JsonToken.START_ARRAY ? "[…]" : "{…}";
        parser.skipChildren();
        f.violations.add(new Violation(field, "'" + (got.length() > 80 ? got.substring(0, 80) + "…" : got) + "' (expected: " + expected + ")"));
        return null;
    }

    static Problem invalid(List<Violation> violations) {
        return new Problem(400, "invalid-measurement", "Invalid measurement",
                violations.stream().map(v -> v.field() + ": " + v.detail()).collect(Collectors.joining("; ")), violations);
    }

    private static Problem malformed(String detail) {
        return new Problem(400, "malformed-json", "Malformed JSON", detail);
    }
}
