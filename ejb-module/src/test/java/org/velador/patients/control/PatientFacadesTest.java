package org.velador.patients.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.velador.platform.control.Refusals.assertRefused;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.accounts.control.Caller;
import org.velador.audit.control.AuditTrailInTests;
import org.velador.patients.entity.Sex;
import org.velador.platform.control.Page;
import org.velador.platform.control.ProblemException;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestKeys;
import org.velador.platform.control.TestPersistence;
import org.velador.platform.control.Time;
import org.velador.platform.control.Versioned;

class PatientFacadesTest {

    private static final OffsetDateTime NOW = at("2026-03-14T12:00:00Z");

    private static final Time TIME = new Time() {
        @Override
        public OffsetDateTime now() {
            return NOW;
        }
    };

    private static final Signatures SIGNATURES = new Signatures(TestKeys.create());

    private static TestPersistence persistence;

    @BeforeAll
    static void prepare() {
        var database = TestDatabase.create();
        persistence = new TestPersistence(database);
        TestDatabase.execute(database, """
                insert into place (code, ward, kind) select 'ICU-' || n, 'ICU', 'BED' from generate_series(1, 9) n;
                insert into place (code, ward, kind) values ('FRIDGE-1', 'ICU', 'FRIDGE')""");
    }

    @AfterAll
    static void close() {
        persistence.close();
    }

    @Test
    void findsPatientsByPartOfNameOrMrn() {
        patient("Q-100", "Åsa Öberg");
        patient("Q-200", "Per % Strand");
        patient("Q-300", "Bo Lind");
        assertThat(mrns("öberg")).containsExactly("Q-100");
        assertThat(mrns("q-")).containsExactly("Q-100", "Q-200", "Q-300");
        assertThat(mrns("%")).as("not a wildcard").containsExactly("Q-200");
        Page<PatientView> page = register(r -> r.list("q-", null, 2));
        assertThat(register(r -> r.list("q-", Page.decode(page.cursor()), 2)).items()).extracting(PatientView::mrn).containsExactly("Q-300");
    }

    @Test
    void editsOnlyTheVersionThatWasSeen() {
        Versioned<PatientView> added = patient("E-1", "Unknown");
        PatientView identified = new PatientView("E-1", "Ana", LocalDate.parse("1950-01-31"), Sex.FEMALE);
        Versioned<PatientView> changed = register(r -> r.change("E-1", identified, added.version()));
        assertThat(changed.value()).isEqualTo(identified);
        Versioned<PatientView> read = register(r -> r.get("E-1"));
        assertThat(read).isEqualTo(changed);
        assertRefused(412, "stale-version", () -> register(r -> r.change("E-1", identified, added.version())));
        assertRefused(409, "already-exists", () -> patient("E-1", "Other"));
        assertRefused(404, "not-found", () -> register(r -> r.get("E-2")));
    }

    @Test
    void refusesImpossibleDatesOfBirth() {
        assertRefused(400, "invalid-request", () -> register(r -> r.add(born("1899-12-31"))), "birthDate");
        assertRefused(400, "invalid-request", () -> register(r -> r.add(born("2026-03-16"))), "birthDate");
        assertThatCode(() -> register(r -> r.add(born("2026-03-15")))).as("a birth where it is tomorrow already").doesNotThrowAnyException();
    }

    @Test
    void admitsDischargesAndListsNewestFirst() {
        patient("S-1", "Ana");
        assertThat(admit("S-1", "ICU-1", at("2026-03-01T10:00+02:00"))).isEqualTo(new StayView("ICU-1", at("2026-03-01T08:00Z"), null));
        assertThat(discharge("S-1", at("2026-03-02T08:00Z")).to()).isEqualTo("2026-03-02T08:00Z");
        StayView second = admit("S-1", "ICU-2", null);
        assertThat(second.from()).isEqualTo(NOW);

        Page<StayView> first = admissions(a -> a.list("S-1", null, 1));
        assertThat(first.items()).containsExactly(second);
        Page<StayView> rest = admissions(a -> a.list("S-1", first.cursor(), 1));
        assertThat(rest.items()).containsExactly(new StayView("ICU-1", at("2026-03-01T08:00Z"), at("2026-03-02T08:00Z")));
        assertThat(rest.items().get(0).from().getOffset()).hasToString("Z");
        assertThat(rest.cursor()).isNull();
        assertRefused(404, "not-found", () -> admissions(a -> a.list("NOBODY", null, 1)));
        assertRefused(400, "invalid-request", () -> admissions(a -> a.list("S-1", "bm90IGEgdGltZQ", 1)), "cursor");
    }

    @Test
    void refusesOccupiedBedsAndPatientsWhoAreElsewhere() {
        patient("O-1", "Ana");
        patient("O-2", "Ben");
        admit("O-1", "ICU-3", at("2026-03-10T00:00Z"));
        assertRefused(409, "bed-occupied", () -> admit("O-2", "ICU-3", null));
        assertRefused(409, "bed-occupied", () -> admit("O-2", "ICU-3", at("2026-03-09T00:00Z")));
        assertRefused(409, "patient-already-admitted", () -> admit("O-1", "ICU-4", null));
        discharge("O-1", at("2026-03-11T00:00Z"));
        assertThat(admit("O-2", "ICU-3", at("2026-03-11T00:00Z"))).as("the moment of discharge").isNotNull();
    }

    @Test
    void refusesWhatIsNoBedAndNoPlace() {
        patient("N-1", "Ana");
        assertRefused(409, "not-a-bed", () -> admit("N-1", "FRIDGE-1", null));
        assertRefused(400, "invalid-request", () -> admit("N-1", "ICU-99", null), "place");
        assertRefused(404, "not-found", () -> admit("NOBODY", "ICU-5", null));
        assertRefused(409, "not-admitted", () -> discharge("N-1", null));
    }

    @Test
    void refusesTimesThatCannotBe() {
        patient("T-1", "Ana");
        assertRefused(400, "invalid-request", () -> admit("T-1", "ICU-5", NOW.plusMinutes(6)), "from");
        assertRefused(400, "invalid-request", () -> admit("T-1", "ICU-5", at("0001-01-01T00:00Z")), "from");
        assertThat(admit("T-1", "ICU-5", NOW.plusMinutes(5)).from()).as("a clock that is a little fast").isEqualTo(NOW);
        assertRefused(400, "invalid-request", () -> discharge("T-1", NOW.plusMinutes(6)), "at");
        assertRefused(400, "invalid-request", () -> discharge("T-1", NOW), "at");
        assertRefused(400, "invalid-request", () -> discharge("T-1", NOW.minusMinutes(1)), "at");
    }

    @Test
    void ofManyWhoWantOneBedOneGetsIt() throws Exception {
        int many = 8;
        IntStream.range(0, many).forEach(i -> patient("R-" + i, "Runner"));
        List<String> outcomes = atOnce(many, i -> {
            try {
                admit("R-" + i, "ICU-9", null);
                return "admitted";
            } catch (ProblemException e) {
                return e.problem().slug();
            }
        });
        assertThat(outcomes).containsOnlyOnce("admitted").contains("bed-occupied").containsOnly("admitted", "bed-occupied");
    }

    @Test
    void historyIsReadNewestFirst() {
        patient("H-1", "Ana");
        assertThat(history(h -> h.list("H-1", null, 10)).page().items()).isEmpty();
        for (String text : List.of("one", "two", "three")) {
            append("H-1", text, null);
        }
        HistoryPage page = history(h -> h.list("H-1", null, 2)).page();
        assertThat(page.items()).extracting(HistoryEntryView::number).containsExactly(3, 2);
        assertThat(page.items().get(0)).isEqualTo(new HistoryEntryView(3, "RN Okafor", NOW, "three", null, NOW, SIGNATURES.keyId(), true));
        assertThat(page.items().get(0).time().getOffset()).hasToString("Z");
        assertThat(history(h -> h.list("H-1", page.cursor(), 2)).page().items()).extracting(HistoryEntryView::text).containsExactly("one");
        assertRefused(404, "not-found", () -> history(h -> h.list("NOBODY", null, 10)));
        assertRefused(404, "not-found", () -> append("NOBODY", "text", null));
        assertRefused(400, "invalid-request", () -> history(h -> h.list("H-1", "eA", 10)), "cursor");
        assertRefused(400, "invalid-request", () -> append("H-1", "text", NOW.plusHours(1)), "time");
    }

    @Test
    void historyOfManyAuthorsAtOnceHasNoGapsAndNoDoubles() throws Exception {
        patient("H-2", "Ana");
        int authors = 6;
        int each = 10;
        atOnce(authors, i -> {
            for (int n = 0; n < each; n++) {
                append("H-2", "entry", null);
            }
            return null;
        });
        assertThat(history(h -> h.list("H-2", null, 1000)).page().items()).extracting(HistoryEntryView::number)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, authors * each).boxed().toList());
    }

    private static <R> List<R> atOnce(int many, Function<Integer, R> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(many);
        try {
            CyclicBarrier start = new CyclicBarrier(many);
            List<Future<R>> running = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                int number = i;
                Callable<R> one = () -> {
                    start.await(10, TimeUnit.SECONDS);
                    return call.apply(number);
                };
                running.add(threads.submit(one));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> one : running) {
                results.add(one.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> mrns(String part) {
        return register(r -> r.list(part, null, 100)).items().stream().map(PatientView::mrn).toList();
    }

    private static PatientView born(String date) {
        return new PatientView("BORN-" + date, "Born", LocalDate.parse(date), Sex.UNKNOWN);
    }

    private static Versioned<PatientView> patient(String mrn, String name) {
        return register(r -> r.add(new PatientView(mrn, name, null, Sex.UNKNOWN)));
    }

    private static StayView admit(String mrn, String place, OffsetDateTime from) {
        return admissions(a -> a.admit(mrn, new Admission(place, from)));
    }

    private static StayView discharge(String mrn, OffsetDateTime at) {
        return admissions(a -> a.discharge(mrn, at == null ? null : new Discharge(at)));
    }

    private static HistoryEntryView append(String mrn, String text, OffsetDateTime time) {
        return history(h -> h.append(mrn, new NewHistoryEntry("RN Okafor", text, time, null)));
    }

    /** Unlike a Function it may throw. */
    private interface Call<T, R> {
        R apply(T facade) throws Exception;
    }

    private static <R> R register(Call<PatientRegister, R> call) {
        return persistence.transaction(em -> {
            PatientRegister register = new PatientRegister();
            register.em = em;
            register.audit = AuditTrailInTests.on(em);
            register.time = TIME;
            register.signatures = SIGNATURES;
            return call.apply(register);
        });
    }

    private static <R> R admissions(Call<Admissions, R> call) {
        return persistence.transaction(em -> {
            Admissions admissions = new Admissions();
            admissions.em = em;
            admissions.audit = AuditTrailInTests.on(em);
            admissions.time = TIME;
            return call.apply(admissions);
        });
    }

    private static <R> R history(Call<PatientHistory, R> call) {
        return persistence.transaction(em -> {
            PatientHistory history = new PatientHistory();
            history.em = em;
            history.audit = AuditTrailInTests.on(em);
            history.time = TIME;
            history.signatures = SIGNATURES;
            history.caller = new Caller();
            return call.apply(history);
        });
    }

    private static OffsetDateTime at(String time) {
        return OffsetDateTime.parse(time);
    }
}
