package org.velador.patients.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class CanonicalTest {

    private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-03-14T13:00:00.120+01:00");

    @Test
    void membersAreInOrderAndTimesInUtcToTheMicrosecond() {
        assertThat(canonical("Dr. Ä", "stable", 2)).isEqualTo("""
                {"author":"Dr. Ä","corrects":2,"keyId":"20200101-000000","number":3,"patient":"9007199254740993",\
                "previous":"0000000000000000000000000000000000000000000000000000000000000000","recordedAt":"2026-03-14T12:00:00.120000Z",\
                "text":"stable","time":"2026-03-14T12:00:00.120000Z","type":"history-entry"}""");
    }

    /** Those of RFC 8785, 3.2.2.2: short escapes where JSON has them, others in lower case, all else as it is. */
    @Test
    void textIsEscapedAsTheStandardSays() {
        String text = "\u20ac$\u000f\nA'B\"\\\\\"/\b\t\f\r\u007f\u2028\u202e\ud83d\ude00";
        assertThat(canonical("A", text, null))
                .contains("\"text\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u007f\u2028\u202e\ud83d\ude00\"");
    }

    @Test
    void whatIsNotThereIsNotAMember() {
        assertThat(canonical("A", "x", null)).doesNotContain("corrects").doesNotContain("null");
    }

    private static String canonical(String author, String text, Integer corrects) {
        return new String(new SignedEntry(3, author, TIME, text, corrects, TIME, Canonical.NOTHING, "20200101-000000")
                .canonical(9_007_199_254_740_993L), StandardCharsets.UTF_8);
    }
}
