package org.velador.measurements.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.measurements.control.Desk.NOON;
import static org.velador.measurements.control.Desk.heartRate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.velador.platform.control.TestDatabase;

class MeasurementIntakeTest {

    private static final Receipt.Pair ICU_01 = new Receipt.Pair("heart-rate", "ICU-01");

    private final Desk desk = new Desk();

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aMeasurementInsideTheLimitsIsStoredAndRaisesNothing() {
        Receipt receipt = desk.take(heartRate("ICU-01", 0, 80));
        assertThat(receipt.stored()).isEqualTo(1);
        assertThat(receipt.openAlarms()).isEmpty();
        assertThat(desk.alarms()).isEmpty();
        assertThat(desk.rows("select value from measurement")).containsExactly("80");
    }

    @Test
    void overTheLimitItRaisesAnAlarmThatTheReceiptTells() {
        Receipt receipt = desk.take(heartRate("ICU-01", 0, 190));
        assertThat(receipt.openAlarms().get(new Receipt.Pair("heart-rate", "ICU-01"))).satisfies(alarm -> {
            assertThat(alarm.priority()).isEqualTo("high");
            assertThat(alarm.limit()).isEqualTo(150);
            assertThat(alarm.raisedAt()).isEqualTo(NOON);
        });
        assertThat(desk.alarms()).containsExactly("ICU-01 heart-rate 3 12:00 190 150");
    }

    @Test
    void theAlarmGoesOnEscalatesAndClears() {
        desk.take(heartRate("ICU-01", 0, 130));
        desk.take(heartRate("ICU-01", 1, 135));
        desk.take(heartRate("ICU-01", 2, 160));
        desk.take(heartRate("ICU-01", 3, 100));
        assertThat(desk.alarms()).containsExactly("ICU-01 heart-rate 3 12:00 e12:02 c12:03 160 150");
        assertThat(desk.rows("select type from alarm_event order by id")).containsExactly("RAISED", "ESCALATED", "CLEARED");
    }

    @Test
    void oneRequestMayClearAnAlarmAndRaiseTheNext() {
        desk.take(heartRate("ICU-01", 0, 130));
        desk.take(NOON, numbered(heartRate("ICU-01", 1, 100), heartRate("ICU-01", 2, 131)));
        assertThat(desk.alarms()).containsExactly("ICU-01 heart-rate 2 12:00 c12:01 130 120", "ICU-01 heart-rate 2 12:02 131 120");
    }

    @Test
    void theSameAgainIsADuplicateAndAnotherValueAConflict() {
        desk.take(heartRate("ICU-01", 0, 80));
        Receipt receipt = desk.take(NOON, numbered(heartRate("ICU-01", 0, 80), heartRate("ICU-01", 0, 81), heartRate("ICU-01", 1, 82),
                heartRate("ICU-01", 1, 82), heartRate("ICU-01", 1, 83)));
        assertThat(receipt.stored()).isEqualTo(1);
        assertThat(receipt.duplicates()).isEqualTo(2);
        assertThat(receipt.rejected()).extracting(Rejection::index).containsExactly(1, 4);
        assertThat(receipt.rejected()).allSatisfy(r -> assertThat(r.type()).isEqualTo("urn:velador:problem:measurement-conflict"));
        assertThat(desk.rows("select value from measurement order by taken_at")).containsExactly("80", "82");
    }

    @Test
    void aRepetitionIsToldOfTheAlarmThatIsOpen() {
        long raised = desk.take(heartRate("ICU-01", 0, 190)).openAlarms().get(ICU_01).id();
        assertThat(desk.take(heartRate("ICU-01", 0, 190)).openAlarms().get(ICU_01).id()).isEqualTo(raised);
        desk.take(heartRate("ICU-01", 1, 160));
        Receipt receipt = desk.take(NOON, numbered(heartRate("ICU-01", 0, 190), heartRate("ICU-02", 0, 190), heartRate("W1-01", 0, 80)));
        assertThat(receipt.duplicates()).isOne();
        assertThat(receipt.openAlarms()).hasSize(2);
        assertThat(receipt.openAlarms().get(ICU_01).id()).isEqualTo(raised);

        desk.take(heartRate("ICU-01", 2, 80));
        assertThat(desk.take(heartRate("ICU-01", 0, 190)).openAlarms()).isEmpty();
    }

    @Test
    void whoDeliversLateIsToldOfTheAlarmThatIsOpen() {
        desk.take(NOON, numbered(heartRate("ICU-01", -20, 80), heartRate("ICU-01", 0, 190)));
        assertThat(desk.take(heartRate("ICU-01", -40, 80)).openAlarms().get(ICU_01).raisedAt()).isEqualTo(NOON);
    }

    @Test
    void theGoodOnesAreStoredAlthoughOthersAreBad() {
        Receipt receipt = desk.take(NOON, List.of(
                new Draft(0, "heart-rate", "ICU-01", 80.0, "/min", NOON, null),
                new Draft(1, "heart-rat", "ICU-01", 80.0, null, NOON, null),
                new Draft(2, "heart-rate", "ICU-99", 80.0, null, NOON, null),
                new Draft(3, "heart-rate", "ICU-02", 80.0, "bpm", NOON, null),
                new Draft(4, "heart-rate", "ICU-02", 400.0, null, NOON, null),
                new Draft(5, "heart-rate", "ICU-02", 80.0, null, NOON.plusMinutes(6), null),
                new Draft(6, "heart-rate", "ICU-02", Double.NaN, null, NOON, null),
                new Draft(7, "heart\u0000rate", "ICU-02", 80.0, null, NOON, null),
                new Draft(8, "heart-rate", "ICU-02", 80.0, null, NOON, "dev\u0000ice")));
        assertThat(receipt.stored()).isEqualTo(1);
        assertThat(receipt.rejected()).extracting(r -> r.type().substring("urn:velador:problem:".length())).containsExactly(
                "unknown-variable", "unknown-place", "unit-mismatch", "implausible-value", "taken-in-the-future", "invalid-measurement",
                "unknown-variable", "invalid-measurement");
    }

    @Test
    void whatIsOldOrOutOfOrderIsMarkedLate() {
        desk.take(NOON, numbered(heartRate("ICU-01", -6, 80), heartRate("ICU-01", -2, 81)));
        desk.take(NOON, numbered(heartRate("ICU-01", -3, 82)));
        assertThat(desk.rows("select late from measurement order by taken_at")).containsExactly("t", "t", "f");
    }

    @Test
    void aLateMeasurementDoesNotClearANewerAlarm() {
        desk.take(heartRate("ICU-01", 5, 130));
        Receipt receipt = desk.take(heartRate("ICU-01", 3, 80));
        assertThat(receipt.stored()).isEqualTo(1);
        assertThat(desk.alarms()).containsExactly("ICU-01 heart-rate 2 12:05 130 120");
        assertThat(desk.rows("select type from alarm_event")).containsExactly("RAISED");
    }

    @Test
    void aLateMeasurementDoesNotRaiseAnAlarmThatIsOverAgain() {
        desk.take(heartRate("ICU-01", 5, 80));
        desk.take(heartRate("ICU-01", 3, 130));
        assertThat(desk.alarms()).containsExactly("ICU-01 heart-rate 2 12:03 c12:05 130 120");
    }

    @Test
    void aLateMeasurementThatSplitsAnEpisodeLeavesTheOpenAlarmOpen() {
        desk.take(heartRate("ICU-01", 0, 160));
        desk.take(heartRate("ICU-01", 4, 130));
        String open = desk.rows("select id from alarm").get(0);
        desk.take(heartRate("ICU-01", 2, 80));
        assertThat(desk.alarms()).containsExactly("ICU-01 heart-rate 3 12:00 c12:02 160 150", "ICU-01 heart-rate 2 12:04 130 120");
        assertThat(desk.rows("select id from alarm where cleared_at is null")).containsExactly(open);
    }

    @Test
    void shuffledInputEndsInTheSameStateAsOrderedInput() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            List<Draft> ordered = new ArrayList<>();
            for (int minute = 0; minute < 40; minute++) {
                for (String place : List.of("ICU-01", "ICU-02")) {
                    ordered.add(heartRate(place, minute - 120, List.of(80, 80, 130, 131, 160, 45, 30).get(random.nextInt(7))));
                }
            }
            List<Draft> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, random);
            assertThat(stateAfter(shuffled, random)).as("seed %d", seed).isEqualTo(stateAfter(ordered, random));
        }
    }

    @Test
    void oneRequestMayBringWhatIsFarApartAndEndsInTheSameStateAsOrderedInput() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            List<Draft> ordered = new ArrayList<>();
            for (int minute = -3000; minute < 0; minute += 1 + random.nextInt(3) * random.nextInt(60)) {
                ordered.add(heartRate("ICU-01", minute, List.of(80, 80, 130, 131, 160, 45, 30).get(random.nextInt(7))));
            }
            List<Draft> shuffled = new ArrayList<>(ordered);
            Collections.shuffle(shuffled, random);
            assertThat(stateAfter(shuffled, random)).as("seed %d", seed).isEqualTo(stateAfter(ordered, random));
        }
    }

    @Test
    void manyWritersAtOnceEndInTheSameStateAsOne() throws Exception {
        Random random = new Random(7);
        List<Draft> all = new ArrayList<>();
        for (int minute = -300; minute < 0; minute++) {
            all.add(heartRate("ICU-01", minute, random.nextInt(3) == 0 ? 155 : random.nextInt(2) == 0 ? 130 : 80));
            all.add(heartRate("W1-01", minute, random.nextInt(3) == 0 ? 155 : 80));
        }
        Collections.shuffle(all, random);
        ExecutorService writers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Receipt>> requests = new ArrayList<>();
            for (int from = 0; from < all.size(); from += 20) {
                List<Draft> request = numbered(all.subList(from, Math.min(all.size(), from + 20)).toArray(Draft[]::new));
                requests.add(() -> desk.take(NOON, request));
                requests.add(() -> desk.take(NOON, request));
            }
            for (var done : writers.invokeAll(requests)) {
                assertThat(done.get().rejected()).isEmpty();
            }
        } finally {
            writers.shutdownNow();
        }
        assertThat(desk.rows("select count(*) from measurement")).containsExactly("600");
        List<String> state = desk.alarms();
        assertThat(stateAfter(all.stream().sorted(java.util.Comparator.comparing(Draft::takenAt)).toList(), random)).isEqualTo(state);
    }

    @Test
    void limitsOfTheWardApplyToItsBedsOnly() {
        TestDatabase.execute(desk.database, """
                insert into limits (variable_id, ward, high_high) select id, 'W1', 100 from variable where code = 'heart-rate'""");
        desk.take(NOON, numbered(heartRate("ICU-01", 0, 110), heartRate("W1-01", 0, 110)));
        assertThat(desk.alarms()).containsExactly("W1-01 heart-rate 3 12:00 110 100");
    }

    @Test
    void changedLimitsDoNotRewriteThePast() {
        desk.take(heartRate("ICU-01", 0, 110));
        TestDatabase.execute(desk.database, """
                update limits set medium_high = 100 where ward is null and variable_id = (select id from variable where code = 'heart-rate')""");
        desk.take(heartRate("ICU-01", 2, 110));
        desk.take(heartRate("ICU-01", -1, 90));
        assertThat(desk.alarms()).containsExactly("ICU-01 heart-rate 2 12:02 110 100");
    }

    private List<String> stateAfter(List<Draft> drafts, Random random) {
        TestDatabase.execute(desk.database, "truncate measurement, latest_measurement, alarm, alarm_event");
        int from = 0;
        while (from < drafts.size()) {
            int to = Math.min(drafts.size(), from + 1 + random.nextInt(12));
            desk.take(NOON, numbered(drafts.subList(from, to).toArray(Draft[]::new)));
            from = to;
        }
        return desk.alarms();
    }

    private static List<Draft> numbered(Draft... drafts) {
        return IntStream.range(0, drafts.length).mapToObj(i -> {
            Draft d = drafts[i];
            return new Draft(i, d.variable(), d.place(), d.value(), d.unit(), d.takenAt(), d.device());
        }).toList();
    }
}
