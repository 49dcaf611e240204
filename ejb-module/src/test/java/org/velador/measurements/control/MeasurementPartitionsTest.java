package org.velador.measurements.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.velador.measurements.control.Desk.NOON;
import static org.velador.measurements.control.Desk.heartRate;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.TestDatabase;

class MeasurementPartitionsTest {

    /** A year that no clock has reached: before it every week is one to come, whenever the tests run. */
    private static final OffsetDateTime LATER = NOON.plusYears(100);

    /** Those in which measurements are, and how many, ordered by time. */
    private static final String FILLED = """
            select tableoid::regclass || ' ' || count(*) from measurement group by tableoid order by min(taken_at)""";

    private static final String GAPS = """
            select time from (select time, lead(time) over (order by time) as next from measurement_partition) p where not time -|- next""";

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void anEmptySiteHasOneForWhatIsOldAndNoneForTheRest() throws Exception {
        assertThat(desk.rows("select name || ' ' || (upper(time) between now() - interval '5 weeks' and now() - interval '4 weeks') from measurement_partition"))
                .containsExactly("measurement_old true");
        assertThat(desk.rows("select count(*) from pg_partitioned_table where partdefid <> 0")).containsExactly("0");
    }

    @Test
    void weeksAheadAreMadeOnce() throws Exception {
        beginWeeksAt(LATER);
        assertThat(desk.partitions().makeAhead(LATER)).isEqualTo(1 + MeasurementPartitions.WEEKS_AHEAD);
        assertThat(desk.partitions().makeAhead(LATER)).isZero();
        assertThat(desk.partitions().makeAhead(LATER.plusWeeks(1))).isOne();
        assertThat(desk.rows("select name from measurement_partition order by time")).startsWith("measurement_old", "measurement_2126w09");
    }

    @Test
    void weeksInWhichTheSiteWasOffAreNotLeftOut() throws Exception {
        beginWeeksAt(LATER);
        desk.partitions().makeAhead(LATER);
        assertThat(desk.partitions().makeAhead(LATER.plusWeeks(40))).isEqualTo(40);
        assertThat(desk.rows(GAPS)).isEmpty();
    }

    @Test
    void aWeekThatWasTakenAwayComesBackAndWhatWasTakenAwayStays() throws Exception {
        beginWeeksAt(LATER);
        desk.partitions().makeAhead(LATER);
        TestDatabase.execute(desk.database, "alter table measurement detach partition measurement_2126w11");
        assertThat(desk.partitions().makeAhead(LATER)).isOne();
        assertThat(desk.rows(GAPS)).isEmpty();
        assertThat(desk.rows("select to_regclass('measurement_2126w11') is not null")).containsExactly("t");
    }

    @Test
    void severalInstancesAtOnceMakeEachOnce() throws Exception {
        beginWeeksAt(LATER);
        ExecutorService instances = Executors.newFixedThreadPool(6);
        try {
            Callable<Integer> start = () -> desk.partitions().makeAhead(LATER);
            int made = 0;
            for (Future<Integer> done : instances.invokeAll(Collections.nCopies(6, start))) {
                made += done.get();
            }
            assertThat(made).isEqualTo(1 + MeasurementPartitions.WEEKS_AHEAD);
        } finally {
            instances.shutdownNow();
        }
    }

    @Test
    void anIntakeThatFindsNoneFailsForNowAndLetsItBeMade() throws Exception {
        beginWeeksAt(LATER);
        Draft draft = new Draft(0, "heart-rate", "ICU-01", 190.0, null, LATER, null);
        assertThatThrownBy(() -> desk.take(LATER, List.of(draft))).satisfies(e -> assertThat(DatabaseFailure.problemOf(e)).hasValueSatisfying(p -> {
            assertThat(p.status()).isEqualTo(503);
            assertThat(p.slug()).isEqualTo("database-unavailable");
        }));
        assertThat(desk.rows("select 1 from latest_measurement")).isEmpty();

        assertThat(desk.take(LATER, List.of(draft)).stored()).isOne();
        assertThat(desk.rows(FILLED)).containsExactly("measurement_2126w09 1");
    }

    @Test
    void oldMeasurementsAreWelcomeHoweverOld() throws Exception {
        assertThat(desk.take(heartRate("ICU-01", -60 * 24 * 365 * 100, 80)).stored()).isOne();
        assertThat(desk.rows(FILLED)).containsExactly("measurement_old 1");
    }

    @Test
    void weeksMayBeginEarlierForWhoeverBringsHistory() throws Exception {
        TestDatabase.execute(desk.database, history("2024-01-01", "2024-02-01"));
        beginWeeksAt(OffsetDateTime.parse("2024-01-17T00:00:00Z"));
        assertThat(desk.rows(FILLED)).containsExactly("measurement_old 14", "measurement_2024w03 7", "measurement_2024w04 7", "measurement_2024w05 3");
        assertThat(desk.rows("select lower(time) from measurement_partition where name = 'measurement_2024w03'::regclass"))
                .containsExactly("2024-01-15 00:00:00+00");
        assertThat(desk.rows(GAPS)).isEmpty();
    }

    @Test
    void aSiteWithADefaultPartitionKeepsAllAndHasNoneAfterwards() throws Exception {
        try (Desk old = new Desk(TestDatabase.createAt("2"))) {
            // Weeks 10 and 12; before, between and after them there is the default partition.
            TestDatabase.execute(old.database, "select make_measurement_partition('2026-03-04'); select make_measurement_partition('2026-03-18')");
            TestDatabase.execute(old.database, history("2026-02-23", "2026-04-07"));
            assertThat(old.rows(FILLED)).containsExactlyInAnyOrder("measurement_default 29", "measurement_2026w10 7", "measurement_2026w12 7");

            TestDatabase.migrate(old.database);

            assertThat(old.rows(FILLED)).containsExactly("measurement_old 7", "measurement_2026w10 7", "measurement_2026w11 7",
                    "measurement_2026w12 7", "measurement_2026w13 7", "measurement_2026w14 7", "measurement_2026w15 1");
            assertThat(old.rows(GAPS)).isEmpty();
            assertThat(old.rows("select count(*) from pg_partitioned_table where partdefid <> 0")).containsExactly("0");
            assertThat(old.partitions().makeAhead(OffsetDateTime.parse("2026-04-07T00:00:00Z"))).isEqualTo(MeasurementPartitions.WEEKS_AHEAD);
        }
    }

    /** Lets the week of a time be the first: earlier than now by moving the beginning, later by leaving out all others. */
    private void beginWeeksAt(OffsetDateTime time) {
        TestDatabase.execute(desk.database, time.isBefore(OffsetDateTime.now()) ? "select begin_measurement_weeks('" + time + "')" : """
                alter table measurement detach partition measurement_old;
                select attach_old_measurements(date_trunc('week', timestamptz '%s', 'UTC'))""".formatted(time));
    }

    /** A measurement a day, at noon. */
    private static String history(String from, String to) {
        return """
                insert into measurement (place_id, variable_id, taken_at, received_at, value, late)
                select 1, 1, t, t, 80, false
                from generate_series(timestamptz '%s 12:00Z', timestamptz '%s 00:00Z', interval '1 day') as t""".formatted(from, to);
    }
}
