package org.velador.cluster.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.velador.cluster.site.SharedSite;
import org.velador.cluster.site.Site;

/** The first 48 hours of 120 intensive-care stays, replayed through the gateway. */
@ExtendWith({RecordsAreThere.class, SharedSite.class})
class RealInputIT {

    private static Api api;
    private static Site site;
    private static List<PhysioNetRecord> records;
    private static Beds beds;
    private static Plain plain;
    private static Replay recorded;

    @BeforeAll
    static void replayAsRecorded(Site shared) throws Exception {
        site = shared;
        api = new Api(site);
        records = PhysioNetRecord.all(RecordsAreThere.folder());
        assertThat(records).as("records in " + RecordsAreThere.folder()).isNotEmpty();
        Clients.each(
                records,
                record ->
                        api.create(
                                "/api/patients",
                                Map.of("mrn", record.mrn(), "name", "Record " + record.mrn(), "sex", record.sex()),
                                201));
        beds = new Beds("PN", records, midnightBefore(Duration.ofDays(8)));
        beds.fill(api);
        overrideLimits("PN");
        plain = new Plain(api, beds.samples());
        recorded = new Replay(api, plain);
        timed("as recorded", () -> recorded.inOrder(beds), recorded);
    }

    @Test
    void everyMeasurementIsStoredOnceForThePatientInTheBed() throws Exception {
        recorded.assertAnswered();
        Found found = new Found(api, site, beds.wards());
        Differences.assertNone("measurements in the list", plain.measurements(), found.measurements());
        Differences.assertNone("measurements in the export", plain.measurements(), found.exported());
        assertThat(found.rows().stream().filter(row -> row.startsWith("measurement ")).count())
                .as("rows of measurements")
                .isEqualTo(plain.measurements().size());
    }

    @Test
    void alarmsAreThoseOfAPlainComputation() throws Exception {
        List<Plain.Alarm> expected = plain.alarms();
        System.out.printf(
                "Real input: %d records, %d samples, %d measurements, %d alarms (%d high, %d escalated, %d still active)%n",
                records.size(), beds.samples().size(), plain.measurements().size(), expected.size(),
                expected.stream().filter(alarm -> alarm.priority().equals("high")).count(),
                expected.stream().filter(alarm -> alarm.escalatedAt() != null).count(),
                expected.stream().filter(alarm -> alarm.clearedAt() == null).count());
        Differences.assertNone("alarms", expected, new Found(api, site, beds.wards()).alarms());
    }

    @Test
    void replayingEverythingShuffledChangesNothing() throws Exception {
        Found found = new Found(api, site, beds.wards());
        List<String> before = found.rows();

        Replay again = new Replay(api, plain);
        timed("again, shuffled", () -> again.shuffled(beds.samples()), again);

        again.assertAnswered();
        assertThat(again.stored()).as("measurements stored a second time").isZero();
        Differences.assertNone("rows of measurements, alarms and events", before, found.rows());
    }

    @Test
    void shuffledFromTheBeginningEndsInTheSameAlarms() throws Exception {
        Beds others = new Beds("SH", records, midnightBefore(Duration.ofDays(4)));
        others.fill(api);
        overrideLimits("SH");
        Plain expected = new Plain(api, others.samples());
        // Of several values of one moment whichever comes first is kept: only those that are kept can come in any order.
        List<Sample> samples =
                others.samples().stream()
                        .filter(sample -> !"urn:velador:problem:measurement-conflict".equals(expected.rejection(sample)))
                        .toList();

        Replay shuffled = new Replay(api, expected);
        timed("shuffled from the beginning", () -> shuffled.shuffled(samples), shuffled);

        shuffled.assertAnswered();
        Found found = new Found(api, site, others.wards());
        Differences.assertNone("measurements", expected.measurements(), found.measurements());
        Differences.assertNone("alarms", expected.alarms(), found.alarms());
    }

    /** One override of each kind, so that the most specific has something to win against. */
    private static void overrideLimits(String prefix) throws Exception {
        limits("ward", prefix + "-2", "heart-rate", 60, 100, 45, 130);
        limits("place", prefix + "-030", "heart-rate", 70, 90, 60, 110);
        limits("place", prefix + "-007", "body-temperature", 36, 37.5, 35, 39);
        if (prefix.equals("PN")) {
            limits("patient", records.get(29).mrn(), "abp-mean", 70, 90, 65, 100);
            limits("patient", records.get(6).mrn(), "body-temperature", 36.5, 37, 36, 38);
        }
    }

    private static void limits(String scope, String of, String variable, double low, double high, double lowest, double highest)
            throws Exception {
        api.create(
                "/api/limits",
                Map.of(
                        "variable", variable, scope, of,
                        "medium", Map.of("low", low, "high", high),
                        "high", Map.of("low", lowest, "high", highest)),
                201);
    }

    private static Instant midnightBefore(Duration ago) {
        return Instant.now().minus(ago).truncatedTo(ChronoUnit.DAYS);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void timed(String how, Work work, Replay replay) throws Exception {
        Instant start = Instant.now();
        int repeatedBefore = api.repeated();
        work.run();
        System.out.printf(
                "Real input %s: %s, %d requests repeated, %.1f s%n",
                how, replay, api.repeated() - repeatedBefore, Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }
}
