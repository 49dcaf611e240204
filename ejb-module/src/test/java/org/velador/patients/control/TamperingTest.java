package org.velador.patients.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.platform.control.Refusals.assertRefused;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.velador.accounts.control.Caller;
import org.velador.platform.control.Keystore;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestKeys;

/** What a superuser of the database does to histories behind the application's back. */
class TamperingTest {

    private static final int ENTRIES = 7;
    private static final String ALARMS = """
            select concat_ws(' ', p.mrn, a.condition, a.subject, a.priority, case when a.cleared_at is null then 'active' else 'resolved' end)
            from alarm a join patient p on p.id = a.patient_id where kind = 'INTEGRITY' order by a.id""";

    private static Keystore keystore;
    private static HistoryDesk desk;

    @BeforeAll
    static void open() {
        keystore = TestKeys.create();
        desk = HistoryDesk.open(keystore);
    }

    @BeforeEach
    void writeTwoHistories() {
        desk.execute("truncate patient, alarm, integrity_sweep restart identity cascade");
        desk.caller.is(Caller.NOBODY, Set.of(), false);
        write(desk, "A", "B");
    }

    private static void write(HistoryDesk desk, String... mrns) {
        for (String mrn : mrns) {
            desk.patient(mrn);
            for (int i = 1; i <= ENTRIES; i++) {
                desk.append(mrn, "entry " + i);
            }
        }
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void historyAsItWasWrittenVerifiesInPagesOfAnySize() throws Exception {
        for (int limit = 1; limit <= ENTRIES + 1; limit++) {
            assertThat(desk.read("A", limit)).allSatisfy(page -> {
                assertThat(page.integrity().state()).isEqualTo("verified");
                assertThat(page.items()).extracting(HistoryEntryView::verified).containsOnly(true);
            });
        }
        desk.patient("EMPTY");
        assertThat(desk.page("EMPTY").integrity().state()).isEqualTo("verified");
        desk.sweep();
        assertThat(desk.rows(ALARMS)).isEmpty();
        assertThat(desk.rows("select concat_ws(' ', patients, patients_checked, entries_checked, findings, finished_at is not null) from integrity_sweep"))
                .containsExactly("3 3 14 0 t");
    }

    /** Of patient A, whose id is 1; {@code :n} is the entry in the middle. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "update history_entry set text = 'entry  4' where :4                                     | entry-altered  | 4",
        "update history_entry set author = 'Somebody' where :4                                   | entry-altered  | 4",
        "update history_entry set time = time + interval '1 microsecond' where :1                | entry-altered  | 1",
        "update history_entry set time = 'infinity' where :4                                     | entry-altered  | 4",
        "update history_entry set recorded_at = recorded_at - interval '1 day' where :7          | entry-altered  | 7",
        "update history_entry set corrects = 3 where :4                                          | entry-altered  | 4",
        "update history_entry set signature = set_byte(signature, 9, 9) where :4                 | entry-altered  | 4",
        "update history_entry set key_id = '20200101-000001' where :4                            | entry-altered  | 4",
        "update history_entry set key_id = null, signature = null where :4                       | entry-altered  | 4",
        "update history_entry set previous = set_byte(previous, 0, 1) where :1                   | entry-altered  | 1",
        "update history_entry a set text = b.text from history_entry b where a.patient_id = 1 and b.patient_id = 1 and (a.number, b.number) in ((2, 3), (3, 2)) | entry-altered | 2",
        "delete from history_entry where :4                                                      | entry-removed  | 4",
        "delete from history_entry where :1                                                      | entry-removed  | 1",
        "delete from history_entry where :7                                                      | entry-removed  | 7",
        "delete from history_entry where patient_id = 1 and number between 3 and 5               | entry-removed  | 3",
        "delete from history_entry where patient_id = 1 and number > 4                           | entry-removed  | 5",
        "delete from history_entry where patient_id = 1                                          | entry-removed  | 1",
        "insert into history_entry (patient_id, number, author, time, text, recorded_at, previous) select 1, 8, 'A', now(), 'x', now(), hash from history_head where patient_id = 1 | entry-inserted | 8",
        "update history_entry set number = -number where patient_id = 1 and number in (2, 3); update history_entry set number = 5 + number where patient_id = 1 and number < 0 | entry-altered | 2",
        "delete from history_entry where :7; update history_head h set number = 6, hash = e.previous from history_entry e where :6 and h.patient_id = 1 | head-altered | 7",
        "delete from history_head where patient_id = 1                                           | head-removed   | 8",
        "delete from history_entry where patient_id = 1; delete from history_head where patient_id = 1 | head-removed | 1",
        "delete from history_entry where patient_id = 1; update history_head set number = 0, hash = decode(repeat('00', 32), 'hex'), key_id = null, signature = null where patient_id = 1 | head-altered | 1",
        "update history_head set unsigned = 7 where patient_id = 1                               | head-altered   | 8",
        "update history_entry set number = 8 where :7                                            | entry-removed  | 7",
        "update history_entry set patient_id = 2, number = 8 where :4                            | entry-removed  | 4",
        "delete from history_entry where :4; update history_entry set patient_id = 1 where patient_id = 2 and number = 4 | entry-altered | 4"})
    void whateverIsChangedIsFoundByReaderAndSweepAndToldOnce(String sql, String finding, int entry) throws Exception {
        String tag = desk.tag("A");
        tamper(sql);

        List<HistoryPage> pages = desk.read("A", 2);
        assertThat(pages).as("the record is answered all the same").isNotEmpty();
        assertThat(pages).extracting(page -> page.integrity().state()).contains("violated");
        assertThat(desk.tag("A")).isNotEqualTo(tag);
        desk.page("A");
        desk.sweep();
        assertThat(desk.rows(ALARMS + " limit 1")).containsExactly("A " + finding + " entry " + entry + " 3 active");
        assertThat(desk.rows("select 1 from alarm where patient_id = 1")).hasSize(1);
        assertThat(desk.rows("select reason from alarm_event e join alarm a on a.id = e.alarm_id where a.patient_id = 1")).containsExactly("NOT_AS_SIGNED");

        desk.execute("update alarm set cleared_at = now() + interval '1 second' where kind = 'INTEGRITY'");
        desk.page("A");
        desk.sweep();
        assertThat(desk.rows("select 1 from alarm where patient_id = 1")).as("resolved, and not told again").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "delete from history_entry where :7",
        "update history_entry set text = 'x' where :1",
        "delete from history_head where patient_id = 1"})
    void sweepFindsItByItself(String sql) throws Exception {
        tamper(sql);
        desk.sweep();
        assertThat(desk.rows(ALARMS)).hasSize(1);
        assertThat(desk.rows("select findings from integrity_sweep")).containsExactly("1");
    }

    @Test
    void onlyWhatIsWrongItselfIsNotVerified() throws Exception {
        tamper("update history_entry set text = 'x' where :4; delete from history_entry where :2");
        assertThat(desk.page("A").items()).filteredOn(e -> !e.verified()).extracting(HistoryEntryView::number).containsExactly(4);
        assertThat(desk.page("A").integrity()).isEqualTo(new HistoryPage.Integrity("violated", "entry-removed", 2));
        assertThat(desk.page("B").integrity().state()).isEqualTo("verified");
    }

    @Test
    void whatWasMendedIsToldAnewWhenItComesBack() throws Exception {
        String tampering = "update history_entry set text = text || '!' where :4";
        tamper(tampering);
        desk.page("A");
        desk.execute("update alarm set cleared_at = now() + interval '1 second' where kind = 'INTEGRITY'");
        tamper("update history_entry set text = rtrim(text, '!') where :4");
        desk.sweep();
        assertThat(desk.rows(ALARMS)).hasSize(1);
        tamper(tampering);
        desk.sweep();
        assertThat(desk.rows(ALARMS)).containsExactly("A entry-altered entry 4 3 resolved", "A entry-altered entry 4 3 active");
    }

    @Test
    void entriesThatAreAppendedToATamperedHistoryDoNotCoverThatUp() throws Exception {
        tamper("delete from history_entry where :7; update history_head h set number = 6, hash = e.previous from history_entry e where :6 and h.patient_id = 1");
        assertThat(desk.append("A", "new").number()).isEqualTo(7);
        assertThat(desk.rows(ALARMS)).containsExactly("A head-altered entry 7 3 active");
        tamper("delete from history_entry where patient_id = 2 and number = 7");
        assertThat(desk.append("B", "new").number()).isEqualTo(8);
        assertThat(desk.rows(ALARMS)).hasSize(2);
        assertThat(desk.page("B").integrity()).isEqualTo(new HistoryPage.Integrity("violated", "entry-removed", 7));
    }

    /** Any one bit or character of any one column, of entry or head. */
    @Test
    void anySingleChangeOfAnyFieldIsFound() throws Exception {
        // Of its own: what keeps columns in line is taken away from it.
        HistoryDesk desk = HistoryDesk.open(keystore);
        write(desk, "A");
        Random random = new Random(20260314);
        Set<String> notPartOfTheRecord = Set.of("id");
        List<String> columns = desk.rows("""
                select table_name || ' ' || column_name || ' ' || data_type from information_schema.columns
                where table_name in ('history_entry', 'history_head') order by 1""");
        desk.execute("""
                alter table history_entry drop constraint history_entry_corrects_earlier, drop constraint history_entry_signed_by_a_key;
                alter table history_head drop constraint history_head_check, drop constraint history_head_check1;
                create table kept_entry as table history_entry; create table kept_head as table history_head""");
        int tried = 0;
        for (String column : columns) {
            String[] parts = column.split(" ", 3);
            if (notPartOfTheRecord.contains(parts[1])) {
                continue;
            }
            for (int time = 0; time < 4; time++) {
                String row = parts[0].equals("history_head") ? "patient_id = 1" : "patient_id = 1 and number = " + (1 + random.nextInt(ENTRIES));
                String changed = change(parts[1], parts[2], random);
                desk.execute("set session_replication_role = replica;"
                        + "update " + parts[0] + " set " + parts[1] + " = " + changed + " where " + row);
                assertThat(desk.read("A", 3)).as(column + " = " + changed + " where " + row)
                        .extracting(page -> page.integrity().state()).contains("violated");
                desk.execute("""
                        set session_replication_role = replica;
                        truncate history_entry, history_head;
                        insert into history_entry table kept_entry; insert into history_head table kept_head""");
                assertThat(desk.page("A").integrity().state()).isEqualTo("verified");
                tried++;
            }
        }
        desk.close();
        assertThat(tried).isGreaterThan(60);
        System.out.println("Single changes tried, and found: " + tried);
    }

    private static String change(String column, String type, Random random) {
        return switch (type) {
            case "bytea" -> "set_bit(%s, %d, 1 - get_bit(%s, %d))".replace("%s", column).replace("%d", Integer.toString(random.nextInt(256)));
            case "text" -> "overlay(%s placing chr(%d) from %d)".formatted(column, 0x100 + random.nextInt(0x1000), 1 + random.nextInt(8));
            case "integer" -> "coalesce(%s, 0) + %d".formatted(column, 10 + random.nextInt(1000));
            case "bigint" -> "999";
            case "timestamp with time zone" -> "%s + %d * interval '1 microsecond'".formatted(column, 1 + random.nextInt(1_000_000_000));
            default -> throw new IllegalStateException(type);
        };
    }

    @Test
    void correctionsNameAnEarlierEntryOfTheSamePatient() {
        assertThat(desk.append("A", correcting(3)).corrects()).isEqualTo(3);
        assertThat(desk.page("A").items().get(0).corrects()).isEqualTo(3);
        for (int wrong : new int[] {0, -1, 9, 99}) {
            assertRefused(400, "invalid-request", () -> desk.append("A", correcting(wrong)), "corrects");
        }
    }

    @Test
    void knownCallerIsTheAuthorAndNobodyElse() {
        assertRefused(400, "invalid-request", () -> desk.append("A", by(null)), "author");
        assertRefused(400, "invalid-request", () -> desk.append("A", by(" ")), "author");
        desk.caller.is("okafor", Set.of("clinician"), true);
        assertThat(desk.append("A", by(null)).author()).isEqualTo("okafor");
        assertThat(desk.append("A", by("okafor")).author()).isEqualTo("okafor");
        assertRefused(400, "invalid-request", () -> desk.append("A", by("lindqvist")), "author");
    }

    @Test
    void withoutAKeystoreHistoriesAreReadAndNothingIsSaidOfThem() throws SQLException {
        try (HistoryDesk keyless = new HistoryDesk(desk.database, TestKeys.none())) {
            assertThat(keyless.page("A").integrity().state()).isEqualTo("unknown");
            assertThat(keyless.page("A").items()).hasSize(ENTRIES).extracting(HistoryEntryView::verified).containsOnlyNulls();
            assertRefused(503, "no-keystore", () -> keyless.append("A", "x"));
            assertRefused(503, "no-keystore", () -> keyless.patient("C"));
        }
        assertThat(desk.rows(ALARMS)).isEmpty();
    }

    @Test
    void entriesFromBeforeSigningAreSignedForOnceAndAsTheyStoodThen() throws Exception {
        try (HistoryDesk old = new HistoryDesk(TestDatabase.createAt("4"), keystore)) {
            old.execute("""
                    insert into patient (mrn, name, sex) values ('A', 'Ana', 'OTHER'), ('B', 'Ben', 'OTHER');
                    insert into history_entry (patient_id, number, author, time, text, recorded_at)
                    select p, n, E'Dr. "\u00c4"', now() - n * interval '1 hour 1 microsecond', E'a\\\\b\\t\\u0001\\u007f\\u2028\\U0001F600\\n/' || n, now()
                    from generate_series(1, 2) as p, generate_series(1, 5) as n""");
            TestDatabase.migrate(old.database);
            assertThat(signHeads(old)).isEqualTo(2);
            assertThat(signHeads(old)).isZero();
            old.append("A", "signed");
            for (int limit = 1; limit < 8; limit++) {
                assertThat(old.read("A", limit)).extracting(page -> page.integrity().state()).containsOnly("verified");
                assertThat(old.read("B", limit)).extracting(page -> page.integrity().state()).containsOnly("verified");
            }
            assertThat(old.page("A").items()).extracting(HistoryEntryView::keyId).containsExactly("20200101-000000", null, null, null, null, null);

            old.execute("update history_entry set text = 'x' where patient_id = 1 and number = 2");
            assertThat(old.page("A").integrity()).isEqualTo(new HistoryPage.Integrity("violated", "entry-altered", 2));
            old.execute("update history_head set key_id = null, signature = null, number = 4, unsigned = 4 where patient_id = 2");
            assertThat(signHeads(old)).as("not of the migration").isZero();
            assertThat(old.page("B").integrity().state()).isEqualTo("violated");
        }
    }

    private static int signHeads(HistoryDesk desk) throws SQLException {
        try (var connection = desk.database.getConnection()) {
            connection.setAutoCommit(false);
            int signed = new HistoryRows(connection).signHeadsOfMigration(desk.signatures);
            connection.commit();
            return signed;
        }
    }

    private static NewHistoryEntry correcting(int number) {
        return new NewHistoryEntry("RN Okafor", "correction", null, number);
    }

    private static NewHistoryEntry by(String author) {
        return new NewHistoryEntry(author, "text", null, null);
    }

    private void tamper(String sql) {
        desk.execute(sql.replaceAll(":(\\d)", "patient_id = 1 and number = $1").replace("e where patient_id", "e where e.patient_id")
                .replace("and number = 6 and h", "and e.number = 6 and h"));
    }
}
