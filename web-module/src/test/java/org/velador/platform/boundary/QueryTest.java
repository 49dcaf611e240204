package org.velador.platform.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.velador.measurements.control.Position;
import org.velador.platform.control.Page;
import org.velador.platform.control.ProblemException;

/** Whatever a query parameter holds, it is a value or a problem that names the parameter. */
class QueryTest {

    enum Word { PLAIN, TWO_WORDS }

    @Property
    void numbersAreWithinTheirLimitsOrRefused(@ForAll("texts") String text) {
        Integer number = readOrRefused("limit", () -> Query.limit(text, 100, 1000));
        assertThat(number == null || number >= 1 && number <= 1000).isTrue();
    }

    @Property
    void wholeNumbersWithinTheirLimitsAreRead(@ForAll short number) {
        assertThat(Query.wholeNumber("n", Short.toString(number), 0, Short.MIN_VALUE, Short.MAX_VALUE)).isEqualTo(number);
    }

    @Property
    void timesAreInTheYearsOneToTenThousandOrRefused(@ForAll("texts") String text) {
        OffsetDateTime time = readOrRefused("from", () -> Query.time("from", text));
        assertThat(time == null || time.getYear() >= 0 && time.getYear() <= 10_000).isTrue();
    }

    @Property
    void wordsAreOneOfThoseOrRefused(@ForAll("texts") String text) {
        readOrRefused("word", () -> Query.oneOf(Word.class, "word", text));
    }

    @Property
    void whatIsRequiredIsThereOrRefused(@ForAll("texts") String text) {
        readOrRefused("variable", () -> Query.required("variable", text));
    }

    @Property
    void cursorsAreOursOrRefused(@ForAll("texts") String text) {
        readOrRefused("cursor", () -> Page.decode(text));
        readOrRefused("cursor", () -> Position.of(text));
        readOrRefused("cursor", () -> Position.of(base64(text)));
    }

    /** Null when it was refused. */
    private static <T> T readOrRefused(String parameter, Supplier<T> read) {
        try {
            return read.get();
        } catch (ProblemException e) {
            assertThat(e.problem().status()).isEqualTo(400);
            assertThat(e.problem().violations()).singleElement().satisfies(violation -> assertThat(violation.field()).isEqualTo(parameter));
            return null;
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings().withChars("0123456789+-TZ:. ").ofMaxLength(30),
                Arbitraries.integers().map(Object::toString),
                Arbitraries.of("plain", "two-words", "2026-01-31T12:00:00Z", "+999999999-12-31T23:59:59-18:00", "-999999999-01-01T00:00:00+18:00", "2026-01-31T12:00:00Z 1 1", "0001-01-01T00:00:00+18:00 1 1"));
    }
}
