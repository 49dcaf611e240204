package org.velador.alarms.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.velador.limits.entity.Thresholds;

class EpisodeTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-01T12:00:00Z");
    private static final Thresholds HEART_RATE = new Thresholds(50.0, 120.0, 40.0, 150.0);

    @Test
    void insideTheLimitsThereIsNoEpisode() {
        assertThat(episodes(80, 50, 120)).isEmpty();
    }

    @Test
    void measurementsBeyondTheLimitsInARowAreOneOpenEpisode() {
        assertThat(episodes(80, 130, 125, 140)).singleElement().satisfies(e -> {
            assertThat(e.raisedAt()).isEqualTo(at(1));
            assertThat(e.lastBreachAt()).isEqualTo(at(3));
            assertThat(e.isOpen()).isTrue();
            assertThat(e.priority().word()).isEqualTo("medium");
            assertThat(e.value()).isEqualTo(130);
            assertThat(e.limit()).isEqualTo(120);
        });
    }

    @Test
    void theNextMeasurementInsideTheLimitsEndsIt() {
        assertThat(episodes(130, 131, 100, 90)).singleElement().satisfies(e -> assertThat(e.clearedAt()).isEqualTo(at(2)));
    }

    @Test
    void aWorseOneEscalatesAndABetterOneBeyondTheLimitsDoesNotTakeThatBack() {
        assertThat(episodes(130, 160, 130)).singleElement().satisfies(e -> {
            assertThat(e.escalatedAt()).isEqualTo(at(1));
            assertThat(e.priority().word()).isEqualTo("high");
            assertThat(e.value()).isEqualTo(160);
            assertThat(e.limit()).isEqualTo(150);
        });
    }

    @Test
    void oneThatBeginsHighWasNotEscalated() {
        assertThat(episodes(160, 130)).singleElement().satisfies(e -> assertThat(e.escalatedAt()).isNull());
    }

    @Test
    void fromTooHighToTooLowWithNothingBetweenIsTheSameEpisode() {
        assertThat(episodes(130, 45)).hasSize(1);
    }

    @Test
    void anOpenEpisodeGoesOnWithWhatComesNext() {
        Episode open = episodes(130).get(0);
        List<Episode> then = Episode.of(open, List.of(measured(1, 160), measured(2, 80), measured(3, 130)));
        assertThat(then).hasSize(2);
        assertThat(then.get(0).raisedAt()).isEqualTo(at(0));
        assertThat(then.get(0).escalatedAt()).isEqualTo(at(1));
        assertThat(then.get(0).clearedAt()).isEqualTo(at(2));
        assertThat(then.get(1).raisedAt()).isEqualTo(at(3));
    }

    @Test
    void inWhateverPiecesTheMeasurementsComeTheEpisodesAreTheSame() {
        double[] values = {80, 130, 160, 45, 80, 30, 90, 151, 149, 121};
        for (int cut = 1; cut < values.length; cut++) {
            List<Episode> first = episodes(Arrays.copyOf(values, cut));
            Episode last = first.isEmpty() ? null : first.get(first.size() - 1);
            Episode open = last != null && last.isOpen() ? last : null;
            List<Assessed> rest = new java.util.ArrayList<>();
            for (int i = cut; i < values.length; i++) {
                rest.add(measured(i, values[i]));
            }
            List<Episode> all = new java.util.ArrayList<>(open == null ? first : first.subList(0, first.size() - 1));
            all.addAll(Episode.of(open, rest));
            assertThat(all).as("cut after %d", cut).isEqualTo(episodes(values));
        }
    }

    private static List<Episode> episodes(double... values) {
        List<Assessed> measurements = new java.util.ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            measurements.add(measured(i, values[i]));
        }
        return Episode.of(null, measurements);
    }

    private static Assessed measured(int minute, double value) {
        return new Assessed(at(minute), value, HEART_RATE.assess(value));
    }

    private static OffsetDateTime at(int minute) {
        return NOON.plusMinutes(minute);
    }
}
