package org.velador.platform.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    enum Word { PLAIN, TWO_WORDS }

    record Sample(Word word, OffsetDateTime time, LocalDate date, Double number, String text) {
    }

    @Test
    void readsAndWritesEnumsAsLowerCaseWords() throws JsonProcessingException {
        assertThat(Json.MAPPER.writeValueAsString(new Sample(Word.TWO_WORDS, null, null, null, null))).isEqualTo("{\"word\":\"two-words\"}");
        assertThat(read("{\"word\":\"plain\"}").word()).isEqualTo(Word.PLAIN);
    }

    @Test
    void readsTimesIntoUtcAndMicroseconds() throws JsonProcessingException {
        assertThat(read("{\"time\":\"2026-01-31T14:00:00.123456789+02:00\"}").time()).isEqualTo("2026-01-31T12:00:00.123456Z");
        assertThat(read("{\"date\":\"2026-01-31\"}").date()).isEqualTo("2026-01-31");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"word\":\"PLAIN\"}        | word: 'PLAIN' (expected: plain, two-words)",
        "{\"word\":0}                | word: '0' (expected: plain, two-words)",
        "{\"time\":5}                | time: wrong type (expected: a time such as 2026-01-31T12:00:00Z)",
        "{\"time\":\"1767225600\"}   | time: '1767225600' (expected: a time such as 2026-01-31T12:00:00Z)",
        "{\"time\":\"\"}             | time: '' (expected: a time such as 2026-01-31T12:00:00Z)",
        "{\"time\":\"2026-01-31T12:00:00\"}           | time: '2026-01-31T12:00:00' (expected: a time such as 2026-01-31T12:00:00Z)",
        "{\"time\":\"+99999-01-31T12:00:00Z\"}        | time: '+99999-01-31T12:00:00Z' (expected: a time such as 2026-01-31T12:00:00Z)",
        "{\"date\":[2026,1,31]}      | date: wrong type (expected: a date such as 2026-01-31)",
        "{\"date\":\"2026-02-30\"}   | date: '2026-02-30' (expected: a date such as 2026-01-31)",
        "{\"number\":\"5\"}          | number: wrong type (expected: a number)",
        "{\"text\":5}                | text: '5' (expected: text)",
        "{\"texd\":\"\"}             | texd: unknown field (expected one of: date, number, text, time, word)",
    })
    void namesTheFieldThatCannotBeRead(String json, String detail) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(JsonProcessingException.class,
                e -> assertThat(MalformedJsonMapper.problem(e).detail()).isEqualTo(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"number\":NaN}", "{\"text\":\"a\",\"text\":\"b\"}", "{} {}", "[]", "5", "\"text\""})
    void refusesWhatIsNotTheObjectExpected(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @MethodSource("tooMuch")
    void limitsAreToldWithoutNamingWhatSetsThem(String json) {
        assertThatThrownBy(() -> Json.MAPPER.readTree(json)).isInstanceOfSatisfying(JsonProcessingException.class,
                e -> assertThat(MalformedJsonMapper.problem(e).detail()).contains("exceeds the maximum allowed").doesNotContain("`", "StreamRead"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"text\":\"a\"", "{\"text\":", "{\"text\":{", "{\"te", "{", "{\"number\":NaN}", "{\"number\":+1}", "{\"number\":.5}", "\u001e{}", "{/**/}", "{'text':1}", "{\"text\":\"\\x\"}", "{\"number\":01}"})
    void malformedJsonIsToldWithoutNamingWhatReadsIt(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOfSatisfying(JsonProcessingException.class,
                e -> assertThat(MalformedJsonMapper.problem(e).detail()).doesNotContain("`", "Source"));
    }

    static Stream<String> tooMuch() {
        return Stream.of("[".repeat(2_000), "9".repeat(2_000), "{\"" + "n".repeat(2_000) + "\":1}", "[" + "0,".repeat(300_000) + "0]");
    }

    private static Sample read(String json) throws JsonProcessingException {
        return Json.MAPPER.readValue(json, Sample.class);
    }
}
