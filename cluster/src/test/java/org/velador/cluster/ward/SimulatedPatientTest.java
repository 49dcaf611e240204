package org.velador.cluster.ward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedPatientTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Range(double low, double high) {}

    /** The default limits of medium priority. */
    private static final Map<String, Range> LIMITS =
            Map.of(
                    "heart-rate", new Range(50, 120),
                    "respiratory-rate", new Range(9, 24),
                    "oxygen-saturation", new Range(92, 100),
                    "body-temperature", new Range(35.5, 38.5),
                    "abp-systolic", new Range(90, 180),
                    "abp-diastolic", new Range(45, 105),
                    "abp-mean", new Range(60, 120));

    @Test
    void sameSeedGivesTheSamePatient() {
        assertThat(hour(new SimulatedPatient("ICU-01", new Random(7))))
                .isEqualTo(hour(new SimulatedPatient("ICU-01", new Random(7))));
    }

    @Test
    void everySecondBringsTheContinuousVitalSignsOfTheBed() {
        List<Reading> readings = new SimulatedPatient("ICU-01", new Random(7)).readings(START);

        assertThat(readings).extracting(Reading::variable).containsAll(LIMITS.keySet());
        assertThat(readings).allSatisfy(reading -> {
            assertThat(reading.place()).isEqualTo("ICU-01");
            assertThat(reading.takenAt()).isEqualTo(START);
        });
    }

    @Test
    void cuffIsInflatedEveryFiveMinutes() {
        List<Instant> inflated =
                hour(new SimulatedPatient("ICU-01", new Random(7))).stream()
                        .filter(reading -> reading.variable().equals("nibp-mean"))
                        .map(Reading::takenAt)
                        .toList();

        assertThat(inflated).hasSize(12);
        assertThat(Duration.between(inflated.get(0), inflated.get(11))).isEqualTo(Duration.ofMinutes(55));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void withoutAnEpisodeAllValuesStayWithinTheDefaultLimits(long seed) {
        SimulatedPatient patient = new SimulatedPatient("ICU-01", new Random(seed));

        for (int second = 0; second < 3_600; second++) {
            List<Reading> readings = patient.readings(START.plusSeconds(second));
            if (patient.episode().isEmpty()) {
                assertThat(readings)
                        .filteredOn(reading -> LIMITS.containsKey(reading.variable()))
                        .allSatisfy(reading -> {
                            Range range = LIMITS.get(reading.variable());
                            assertThat(reading.value()).as(reading.variable()).isBetween(range.low(), range.high());
                        });
            }
        }
    }

    @Test
    void valuesWanderButNeverJump() {
        SimulatedPatient patient = new SimulatedPatient("ICU-01", new Random(3));
        List<Double> rates = new ArrayList<>();
        for (int second = 0; second < 600; second++) {
            patient.readings(START.plusSeconds(second)).stream()
                    .filter(reading -> reading.variable().equals("heart-rate"))
                    .forEach(reading -> rates.add(reading.value()));
        }

        assertThat(rates.stream().distinct().count()).isGreaterThan(3);
        for (int i = 1; i < rates.size(); i++) {
            assertThat(Math.abs(rates.get(i) - rates.get(i - 1))).isLessThan(8);
        }
    }

    @Test
    void desaturationFallsBelowTheLimitAndComesBack() {
        SimulatedPatient patient = new SimulatedPatient("ICU-01", new Random(5));
        patient.readings(START);
        patient.suffer(Episode.Kind.DESATURATION, START);
        Duration lasts = patient.episode().orElseThrow().lasts();

        double atTheHeight = value(patient, "oxygen-saturation", START.plus(lasts.dividedBy(2)));
        double afterwards = value(patient, "oxygen-saturation", START.plus(lasts));

        assertThat(atTheHeight).isLessThan(92);
        assertThat(afterwards).isGreaterThanOrEqualTo(92);
    }

    @Test
    void tachycardiaRaisesTheHeartRateOverTheLimit() {
        assertThat(atTheHeightOf(Episode.Kind.TACHYCARDIA, "heart-rate")).isGreaterThan(120);
    }

    @Test
    void feverRaisesTheTemperatureOverTheLimit() {
        assertThat(atTheHeightOf(Episode.Kind.FEVER, "body-temperature")).isGreaterThan(38.5);
    }

    @Test
    void sensorThatFellOffSendsNothingWhileTheOthersGoOn() {
        SimulatedPatient patient = new SimulatedPatient("ICU-01", new Random(5));
        patient.suffer(Episode.Kind.SENSOR_OFF, START);
        List<String> silent =
                patient.episode().orElseThrow().silent().stream().map(vital -> vital.code).toList();

        List<String> sent = patient.readings(START.plusSeconds(5)).stream().map(Reading::variable).toList();

        assertThat(silent).isNotEmpty();
        assertThat(sent).isNotEmpty().doesNotContainAnyElementsOf(silent);
    }

    @Test
    void aDayBringsEpisodesOfEachKind() {
        SimulatedPatient patient = new SimulatedPatient("ICU-01", new Random(9));
        List<Episode> episodes = new ArrayList<>();
        for (int second = 0; second < 86_400; second++) {
            patient.readings(START.plusSeconds(second));
            patient.episode().filter(episode -> !episodes.contains(episode)).ifPresent(episodes::add);
        }

        assertThat(episodes.stream().map(Episode::kind).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Episode.Kind.values());
        assertThat(episodes.size()).isBetween(30, 150);
    }

    private static double atTheHeightOf(Episode.Kind kind, String variable) {
        SimulatedPatient patient = new SimulatedPatient("ICU-01", new Random(5));
        patient.suffer(kind, START);
        return value(patient, variable, START.plus(patient.episode().orElseThrow().lasts().dividedBy(2)));
    }

    private static double value(SimulatedPatient patient, String variable, Instant at) {
        return patient.readings(at).stream()
                .filter(reading -> reading.variable().equals(variable))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static List<Reading> hour(SimulatedPatient patient) {
        List<Reading> all = new ArrayList<>();
        for (int second = 0; second < 3_600; second++) {
            all.addAll(patient.readings(START.plusSeconds(second)));
        }
        return all;
    }
}
