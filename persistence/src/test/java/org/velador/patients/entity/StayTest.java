package org.velador.patients.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.velador.places.entity.Place;

class StayTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-14T12:00:00Z");

    @Test
    void mayBeginInThePast() {
        assertThat(stay(NOW.minusDays(3)).admittedAt()).isEqualTo(NOW.minusDays(3));
    }

    @Test
    void timeALittleAheadCountsAsNow() {
        assertThat(stay(NOW.plusMinutes(5)).admittedAt()).isEqualTo(NOW);
    }

    @Test
    void cannotBeginInTheFuture() {
        assertThatIllegalArgumentException().isThrownBy(() -> stay(NOW.plusMinutes(5).plusSeconds(1))).withMessageContaining("not in the future");
    }

    @Test
    void cannotBeginBeforeThereWereSuchRecords() {
        assertThatIllegalArgumentException().isThrownBy(() -> stay(OffsetDateTime.parse("1899-12-31T23:59:59Z"))).withMessageContaining("not before 1900");
    }

    @Test
    void endsAfterItBegan() {
        Stay stay = stay(NOW.minusDays(1));
        assertThatIllegalArgumentException().isThrownBy(() -> stay.end(NOW.minusDays(1), NOW)).withMessageContaining("after the admission");
        assertThatIllegalArgumentException().isThrownBy(() -> stay.end(NOW.plusDays(1), NOW)).withMessageContaining("not in the future");
        stay.end(NOW, NOW);
        assertThat(stay.dischargedAt()).isEqualTo(NOW);
    }

    @Test
    void endsOnce() {
        Stay stay = stay(NOW.minusDays(1));
        stay.end(NOW, NOW);
        assertThatIllegalStateException().isThrownBy(() -> stay.end(NOW, NOW));
    }

    private static Stay stay(OffsetDateTime from) {
        return new Stay(new Patient("A"), new Place("ICU-01"), from, NOW);
    }
}
