package org.velador.measurements.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.velador.measurements.control.Desk.NOON;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.velador.platform.control.Page;
import org.velador.platform.control.ProblemException;
import org.velador.platform.control.TestDatabase;

class MeasurementQueriesTest {

    private static final MeasurementFilter ALL = new MeasurementFilter(null, null, null, null, null, null);

    private static Desk desk;

    /** An hour, minute by minute: heart rates at all three beds, temperatures at one. Ann lay in ICU-01 for its first half. */
    @BeforeAll
    static void measure() {
        desk = new Desk();
        TestDatabase.execute(desk.database, """
                insert into patient (mrn, name, sex) values ('ann', 'Ann', 'FEMALE'), ('bob', 'Bob', 'MALE');
                insert into stay (patient_id, place_id, admitted_at, discharged_at)
                select o.id, p.id, timestamptz '2026-03-02 12:00Z', timestamptz '2026-03-02 12:30Z'
                from patient o, place p where o.mrn = 'ann' and p.code = 'ICU-01';
                insert into stay (patient_id, place_id, admitted_at)
                select o.id, p.id, timestamptz '2026-03-02 12:30Z' from patient o, place p where o.mrn = 'ann' and p.code = 'W1-01';
                insert into stay (patient_id, place_id, admitted_at)
                select o.id, p.id, timestamptz '2026-03-02 12:30Z' from patient o, place p where o.mrn = 'bob' and p.code = 'ICU-01'""");
        List<Draft> drafts = new ArrayList<>();
        for (int minute = 0; minute < 60; minute++) {
            for (String place : List.of("ICU-01", "ICU-02", "W1-01")) {
                drafts.add(new Draft(drafts.size(), "heart-rate", place, 60.0 + minute, null, NOON.plusMinutes(minute), "m1"));
            }
            drafts.add(new Draft(drafts.size(), "body-temperature", "ICU-02", 37.0, null, NOON.plusMinutes(minute), null));
        }
        assertThat(desk.take(NOON.plusHours(1), drafts).stored()).isEqualTo(240);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void theLastTenOfAVariableAtAPlaceComeNewestFirst() {
        assertThat(find(new MeasurementFilter("heart-rate", "ICU-01", null, null, null, null), null, 10).items())
                .extracting(MeasurementView::value).containsExactly(119.0, 118.0, 117.0, 116.0, 115.0, 114.0, 113.0, 112.0, 111.0, 110.0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 101, 113, 500})
    void pagesVisitEachMeasurementOnce(int limit) {
        MeasurementFilter anns = new MeasurementFilter(null, null, null, "ann", null, null);
        MeasurementFilter part = new MeasurementFilter(null, null, "ICU", null, at(5), at(50));
        Map.of(ALL, 240, part, 135, anns, 60).forEach((filter, many) -> {
            List<MeasurementView> visited = new ArrayList<>();
            String cursor = null;
            do {
                Page<MeasurementView> page = find(filter, cursor, limit);
                visited.addAll(page.items());
                cursor = page.cursor();
            } while (cursor != null);
            assertThat(visited).doesNotHaveDuplicates().hasSize(many);
            assertThat(visited).extracting(MeasurementView::takenAt).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        });
    }

    @Test
    void manyOfPairsThatAreMeasuredUnequallyOftenAreTheNewest() {
        try (Desk uneven = new Desk()) {
            List<Draft> drafts = new ArrayList<>();
            for (int second = 0; second < 600; second++) {
                for (int every : new int[] {1, 20, 300}) {
                    if (second % every == 0) {
                        String place = every == 1 ? "ICU-01" : every == 20 ? "ICU-02" : "W1-01";
                        drafts.add(new Draft(drafts.size(), "heart-rate", place, 80.0, null, NOON.plusSeconds(second), null));
                    }
                }
            }
            uneven.take(NOON.plusMinutes(10), drafts);
            List<MeasurementView> newest = uneven.persistence.transaction(em -> queries(em).find(ALL, null, 300)).items();
            assertThat(newest).hasSize(300).doesNotHaveDuplicates();
            OffsetDateTime oldest = newest.get(299).takenAt();
            assertThat(newest).filteredOn(m -> m.takenAt().isAfter(oldest))
                    .hasSize((int) drafts.stream().filter(d -> d.takenAt().isAfter(oldest)).count());
        }
    }

    @Test
    void withoutAnyFilterTheNewestOfAllCome() {
        assertThat(find(ALL, null, 5).items()).extracting(MeasurementView::takenAt)
                .containsExactly(at(59), at(59), at(59), at(59), at(58));
    }

    @Test
    void aPatientsMeasurementsFollowThePatientFromBedToBed() {
        List<MeasurementView> anns = find(new MeasurementFilter("heart-rate", null, null, "ann", null, null), null, 100).items();
        assertThat(anns).hasSize(60).allSatisfy(m -> {
            assertThat(m.patient()).isEqualTo("ann");
            assertThat(m.place()).isEqualTo(m.takenAt().isBefore(at(30)) ? "ICU-01" : "W1-01");
        });
    }

    @Test
    void fromIsIncludedAndToIsNot() {
        assertThat(find(new MeasurementFilter("heart-rate", "ICU-02", null, null, at(10), at(12)), null, 10).items())
                .extracting(MeasurementView::takenAt).containsExactly(at(11), at(10));
    }

    @Test
    void theLatestIsOneForEachVariableAndPlaceOfAWard() {
        Page<MeasurementView> latest = desk.persistence.transaction(em -> queries(em).latest("ICU", null, null, 100));
        assertThat(latest.items()).extracting(m -> m.place() + " " + m.variable())
                .containsExactly("ICU-01 heart-rate", "ICU-02 body-temperature", "ICU-02 heart-rate");
        assertThat(latest.items()).allSatisfy(m -> assertThat(m.takenAt()).isEqualTo(at(59)));
        assertThat(latest.items().get(0).patient()).isEqualTo("bob");
    }

    @Test
    void aSeriesSumsUpBuckets() {
        Series series = desk.persistence.transaction(em -> queries(em).series("heart-rate", "ICU-01", at(0), at(60), 6));
        assertThat(series.bucketSeconds()).isEqualTo(600);
        assertThat(series.points()).hasSize(6);
        assertThat(series.points().get(1)).isEqualTo(new Series.Point(at(10), 70, 79, 74.5, 10));
    }

    @Test
    void aGapInTheDataIsAGapInTheSeries() {
        Series series = desk.persistence.transaction(em -> queries(em).series("heart-rate", "ICU-01", at(-60), at(60), 4));
        assertThat(series.points()).extracting(Series.Point::at).containsExactly(at(0), at(30));
    }

    @Test
    void anUnknownPlaceHasNoSeries() {
        assertThatThrownBy(() -> desk.persistence.transaction(em -> queries(em).series("heart-rate", "X", at(0), at(60), 6)))
                .isInstanceOf(ProblemException.class).hasMessage("There is no place 'X'.");
    }

    @Test
    void anExportHandsOnEverything() {
        List<MeasurementView> exported = new ArrayList<>();
        desk.persistence.transaction(em -> {
            queries(em).export(new MeasurementFilter(null, null, "ICU", null, null, null), exported::add);
            return null;
        });
        assertThat(exported).hasSize(180);
    }

    private static Page<MeasurementView> find(MeasurementFilter filter, String cursor, int limit) {
        return desk.persistence.transaction(em -> queries(em).find(filter, Position.of(cursor), limit));
    }

    private static MeasurementQueries queries(jakarta.persistence.EntityManager em) {
        MeasurementQueries queries = new MeasurementQueries();
        queries.em = em;
        return queries;
    }

    private static OffsetDateTime at(int minute) {
        return NOON.plusMinutes(minute);
    }
}
