package org.velador.measurements.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.platform.control.Refusals.assertRefused;

import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreeningTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-14T12:00:00Z");

    private final Screening screening = new Screening(new Reference(
            Map.of("heart-rate", new Reference.MeasuredVariable(1, "heart-rate", "/min", 0, 350)),
            Map.of("ICU-01", new Reference.MeasuredPlace(1, "ICU-01", "ICU"))), NOW);

    @Test
    void timeIsKeptInUtc() {
        Candidate candidate = screening.screen(takenAt(OffsetDateTime.parse("2026-03-14T13:59:59+02:00")));
        assertThat(candidate.takenAt()).isEqualTo(OffsetDateTime.parse("2026-03-14T11:59:59Z")).hasToString("2026-03-14T11:59:59Z");
    }

    @Test
    void timesThatUtcHasNoNameForAreRefusedLikeOthersOutOfRange() {
        assertRefused(422, "taken-in-the-future", () -> screening.screen(takenAt(OffsetDateTime.MAX)));
        assertRefused(422, "invalid-measurement", () -> screening.screen(takenAt(OffsetDateTime.MIN)));
    }

    private static Draft takenAt(OffsetDateTime time) {
        return new Draft(0, "heart-rate", "ICU-01", 80.0, null, time, null);
    }
}
