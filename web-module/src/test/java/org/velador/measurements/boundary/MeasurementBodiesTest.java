package org.velador.measurements.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.velador.measurements.control.Draft;
import org.velador.measurements.control.Rejection;
import org.velador.platform.boundary.MalformedJsonMapper;
import org.velador.platform.control.Problem;
import org.velador.platform.control.ProblemException;

/** Whatever bytes come, they become drafts or problems. */
class MeasurementBodiesTest {

    private static final String ONE = "{\"variable\":\"heart-rate\",\"place\":\"ICU-01\",\"value\":80}";

    private interface Reader {
        Reading read(InputStream in) throws IOException;
    }

    private static final Reader JSON = in -> JsonMeasurements.read(in).reading();
    private static final Reader LINES = JsonMeasurements::readLines;
    private static final Reader CSV = CsvMeasurements::read;

    @Property
    void anyBytesAreDraftsOrAProblem(@ForAll byte[] bytes) throws IOException {
        for (Reader reader : List.of(JSON, LINES, CSV)) {
            assertReadOrRefused(reader, bytes);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void almostRightBytesAreDraftsOrAProblem(@ForAll("spoiled") Spoiled body) throws IOException {
        assertReadOrRefused(body.reader(), body.bytes());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyFieldsAreADraftOrAProblem(@ForAll("fields") String fields) throws IOException {
        byte[] object = ("{" + fields + "}").getBytes(StandardCharsets.UTF_8);
        assertReadOrRefused(JSON, object);
        assertReadOrRefused(LINES, object);
    }

    @Property
    void oneLineSpoilsItselfOnly(@ForAll byte[] bytes) throws IOException {
        String line = new String(bytes, StandardCharsets.ISO_8859_1).replace("\n", "");
        Reading reading = LINES.read(new ByteArrayInputStream((ONE + "\n" + line + "\n" + ONE).getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(reading.drafts()).extracting(Draft::index).startsWith(0).endsWith(reading.size() - 1);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenAsJsonIsReadAsItIs(@ForAll("draft") Draft draft) throws IOException {
        Reading reading = JSON.read(new ByteArrayInputStream(json(draft).getBytes(StandardCharsets.UTF_8)));
        assertThat(reading.drafts()).containsExactly(draft);
    }

    @Example
    void veryManyUnknownFieldsAreToldByAFew() throws IOException {
        StringBuilder fields = new StringBuilder("{\"a\":0");
        for (int i = 0; i < 100_000; i++) {
            fields.append(",\"").append(i).append("\":0");
        }
        Reading reading = JSON.read(new ByteArrayInputStream(fields.append('}').toString().getBytes(StandardCharsets.UTF_8)));
        assertThat(reading.firstProblem().violations()).hasSizeLessThanOrEqualTo(20);
        assertThat(reading.firstProblem().violations()).extracting(Problem.Violation::field).contains("a", "variable", "place", "value");
    }

    @Example
    void lineThatIsNotUtf8IsRejectedByItself() throws IOException {
        String device = ONE.replace("}", ",\"device\":\"Säule\"}");
        Reading reading = LINES.read(new ByteArrayInputStream((ONE + "\n" + device + "\n" + ONE).getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(reading.drafts()).extracting(Draft::index).containsExactly(0, 2);
        assertThat(reading.unreadable()).singleElement().satisfies(rejection -> assertThat(rejection.type()).endsWith(":malformed-json"));
    }

    @Example
    void rowThatIsNotUtf8IsRejectedByItself() throws IOException {
        String csv = "variable,place,value,device\nheart-rate,ICU-01,80,a\nheart-rate,ICU-01,81,Säule\nheart-rate,ICU-01,82,b\n";
        Reading reading = CSV.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(reading.drafts()).extracting(Draft::index).containsExactly(0, 2);
        assertThat(reading.unreadable()).extracting(Rejection::detail).containsExactly("[1]: a character that is not UTF-8 (expected: UTF-8)");
    }

    @Example
    void rowOfMillionsOfCellsIsNotKept() {
        for (String csv : List.of(",".repeat(8_000_000), "variable,place,value\n" + ",".repeat(8_000_000), "variable,place,value\n" + "\"\n\",".repeat(2_000_000))) {
            assertThat(refusal(CSV, csv.getBytes(StandardCharsets.UTF_8)).slug()).isEqualTo("malformed-csv");
        }
    }

    @Example
    void asManyRowsAsThereMayBeAreRead() throws IOException {
        String csv = "variable,place,value,unit,takenAt,device\n" + "heart-rate,ICU-01,80,/min,2026-03-14T12:00:00Z,\"a,b\"\n".repeat(Reading.MOST);
        assertThat(CSV.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8))).drafts()).hasSize(Reading.MOST);
    }

    private static void assertReadOrRefused(Reader reader, byte[] bytes) throws IOException {
        Problem problem = refusal(reader, bytes);
        if (problem != null) {
            assertThat(problem.status()).isIn(400, 413);
            assertThat(problem.detail()).doesNotContain("Exception").doesNotContainPattern("`\\w+\\.\\w|\\b(com|org|java)\\.\\w+\\.");
        }
    }

    /** Null when there was none. */
    private static Problem refusal(Reader reader, byte[] bytes) {
        try {
            reader.read(new ByteArrayInputStream(bytes));
            return null;
        } catch (ProblemException e) {
            return e.problem();
        } catch (JsonProcessingException e) {
            return MalformedJsonMapper.problem(e);
        } catch (IOException e) {
            // What is answered to a body that ends early, or is in no character set.
            return new Problem(400, "unreadable-body", "Unreadable body", "");
        }
    }

    /** A body in which some bytes are others, and its end is missing. */
    private record Spoiled(Reader reader, byte[] bytes) {
    }

    @Provide
    Arbitrary<Spoiled> spoiled() {
        String csv = "variable,place,value,unit,takenAt,device\nheart-rate,ICU-01,80,/min,2026-03-14T12:00:00Z,\"a\"\"b\"\n";
        String json = "[" + ONE + "," + ONE.replace("}", ",\"unit\":\"/min\",\"takenAt\":\"2026-03-14T12:00:00Z\",\"device\":\"a\\u00e4\"}") + "]";
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(JSON, LINES, CSV), bytes, Arbitraries.integers().between(0, 150), Arbitraries.integers().between(0, 60)).as((reader, others, at, cut) -> {
            byte[] body = (reader == CSV ? csv : json).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < others.length; i++) {
                body[(at + 7 * i) % body.length] = others[i];
            }
            return new Spoiled(reader, Arrays.copyOf(body, body.length - cut));
        });
    }

    @Provide
    Arbitrary<String> fields() {
        Arbitrary<String> name = Arbitraries.oneOf(Arbitraries.of("variable", "place", "value", "unit", "takenAt", "device", ""), Arbitraries.strings().ofMaxLength(5));
        Arbitrary<String> value = Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(20).map(MeasurementBodiesTest::quoted), Arbitraries.bigDecimals().map(Object::toString), Arbitraries.of(
                "null", "true", "NaN", "-Infinity", "1e400", "[]", "{}", "[[{}]]", "\"2026-03-14T12:00:00Z\"", "\"+999999999-12-31T23:59:59-18:00\"", "\"\\ud800\"", "nul", ""));
        return Combinators.combine(name.map(MeasurementBodiesTest::quoted), value).as((n, v) -> n + ":" + v).list().ofMaxSize(8).map(fields -> String.join(",", fields));
    }

    @Provide
    Arbitrary<Draft> draft() {
        Arbitrary<String> text = Arbitraries.strings().excludeChars('\ufffe', '\uffff').ofMinLength(1).ofMaxLength(20).filter(t -> StandardCharsets.UTF_8.newEncoder().canEncode(t));
        return Combinators.combine(text, text, Arbitraries.doubles(), text.injectNull(0.3), Arbitraries.longs().between(-62_000_000_000L, 253_000_000_000L), text.injectNull(0.3))
                .as((variable, place, value, unit, second, device) -> new Draft(0, variable, place, value, unit,
                        Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC), device));
    }

    private static String json(Draft d) {
        return "{\"variable\":" + quoted(d.variable()) + ",\"place\":" + quoted(d.place()) + ",\"value\":" + d.value() + ",\"unit\":" + (d.unit() == null ? "null" : quoted(d.unit()))
                + ",\"takenAt\":\"" + d.takenAt() + "\",\"device\":" + (d.device() == null ? "null" : quoted(d.device())) + "}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            json.append(String.format("\\u%04x", (int) c));
        }
        return json.append('"').toString();
    }
}
