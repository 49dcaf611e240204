package org.velador.limits.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.platform.control.Refusals.assertRefused;

import jakarta.persistence.EntityManager;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.audit.control.AuditTrailInTests;
import org.velador.limits.entity.Scope;
import org.velador.platform.control.Page;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestPersistence;
import org.velador.platform.control.Time;
import org.velador.platform.control.Versioned;

class LimitsCatalogTest {

    private static final Bounds MEDIUM = new Bounds(60.0, 110.0);
    private static final Bounds HIGH = new Bounds(50.0, 130.0);

    private static TestPersistence persistence;

    @BeforeAll
    static void prepare() {
        var database = TestDatabase.create();
        persistence = new TestPersistence(database);
        TestDatabase.execute(database, """
                insert into place (code, ward, kind) values ('ICU-01', 'ICU', 'BED'), ('ICU-02', 'ICU', 'BED'), ('ED-01', 'ED', 'BED');
                insert into patient (mrn, name, sex) values ('A', 'Ana', 'FEMALE'), ('B', 'Ben', 'MALE');
                insert into stay (patient_id, place_id, admitted_at, discharged_at) values
                    (1, 1, '2026-01-01T00:00Z', '2026-01-02T00:00Z'), (2, 1, '2026-01-02T00:00Z', null)""");
    }

    @AfterAll
    static void close() {
        persistence.close();
    }

    @Test
    void answersWithWhatWasStored() {
        Versioned<LimitsView> added = call(c -> c.add(new LimitsView(null, "abp-mean", "ICU", null, null, MEDIUM, new Bounds(50.0, null))));
        assertThat(added.value()).isEqualTo(new LimitsView(added.value().id(), "abp-mean", "ICU", null, null, MEDIUM, new Bounds(50.0, null)));
        Versioned<LimitsView> read = call(c -> c.get(added.value().id()));
        assertThat(read).isEqualTo(added);
        assertThat(list("abp-mean", null, null, null).items()).extracting(LimitsView::ward).containsExactly(null, "ICU");
        assertThat(list("abp-mean", "ICU", null, null).items()).containsExactly(added.value());
        assertThat(list("abp-mean", null, "ICU-01", null).items()).isEmpty();
    }

    @Test
    void listsPageByPage() {
        Page<LimitsView> first = call(c -> c.list(new LimitsFilter(null, null, null, null), null, 5));
        assertThat(first.items()).extracting(LimitsView::id).containsExactly(1, 2, 3, 4, 5);
        assertThat(call(c -> c.list(new LimitsFilter(null, null, null, null), first.cursor(), 2)).items()).extracting(LimitsView::id).containsExactly(6, 7);
        assertRefused(400, "invalid-request", () -> call(c -> c.list(new LimitsFilter(null, null, null, null), "eA", 5)), "cursor");
    }

    @Test
    void keepsOneRowForAScope() {
        assertRefused(409, "already-exists", () -> call(c -> c.add(new LimitsView(null, "heart-rate", null, null, null, MEDIUM, null))));
        LimitsView forPatient = new LimitsView(null, "heart-rate", null, null, "A", MEDIUM, null);
        call(c -> c.add(forPatient));
        assertRefused(409, "already-exists", () -> call(c -> c.add(forPatient)));
    }

    @Test
    void namesEverythingThatIsWrong() {
        assertRefused(400, "invalid-request", () -> call(c -> c.add(new LimitsView(null, "nonsense", null, "ICU-99", "Z", MEDIUM, null))),
                "place", "patient", "variable");
        assertRefused(400, "invalid-request", () -> call(c -> c.add(new LimitsView(7, "heart-rate", null, "ICU-99", null, new Bounds(9.0, 5.0), null))),
                "id", "place", "medium.low");
    }

    @Test
    void editsBoundsOfTheVersionThatWasSeenAndNothingElse() {
        Versioned<LimitsView> added = call(c -> c.add(new LimitsView(null, "nibp-mean", null, "ICU-02", null, MEDIUM, null)));
        int id = added.value().id();
        LimitsView wider = new LimitsView(null, "nibp-mean", null, "ICU-02", null, MEDIUM, HIGH);
        Versioned<LimitsView> changed = call(c -> c.change(id, wider, added.version()));
        assertThat(changed.value()).isEqualTo(new LimitsView(id, "nibp-mean", null, "ICU-02", null, MEDIUM, HIGH));
        assertRefused(412, "stale-version", () -> call(c -> c.change(id, wider, added.version())));
        assertRefused(400, "invalid-request", () -> call(c -> c.change(id, new LimitsView(9999, "heart-rate", "ICU", null, null, null, null), changed.version())),
                "id", "variable", "ward", "place", "medium");
        assertRefused(412, "stale-version", () -> call(c -> remove(c, id, added.version())));
        call(c -> remove(c, id, changed.version()));
        assertRefused(404, "not-found", () -> call(c -> c.get(id)));
    }

    @Test
    void effectiveLimitsAreThoseOfWhoeverIsInTheBedAtThatTime() {
        call(c -> c.add(new LimitsView(null, "respiratory-rate", null, null, "A", new Bounds(10.0, 20.0), null)));
        EffectiveLimits ofAna = effective("respiratory-rate", "ICU-01", "2026-01-01T12:00Z");
        assertThat(ofAna.scope()).isEqualTo(Scope.PATIENT);
        assertThat(ofAna.limits().patient()).isEqualTo("A");
        assertThat(ofAna.why()).isEqualTo("Patient A, who is in ICU-01, has limits of their own for respiratory-rate.");

        EffectiveLimits ofBen = effective("respiratory-rate", "ICU-01", null);
        assertThat(ofBen.scope()).isEqualTo(Scope.DEFAULT);
        assertThat(ofBen.why()).isEqualTo("The default limits of respiratory-rate apply; none are set for patient B or place ICU-01 or ward ICU.");
    }

    @Test
    void effectiveLimitsSayWhyTheyAre() {
        call(c -> c.add(new LimitsView(null, "body-temperature", "ED", null, null, new Bounds(36.0, 38.0), null)));
        EffectiveLimits ofWard = effective("body-temperature", "ED-01", null);
        assertThat(ofWard.limits().ward()).isEqualTo("ED");
        assertThat(ofWard.why()).isEqualTo("Ward ED has limits of its own for body-temperature; none are set for place ED-01.");
        call(c -> c.add(new LimitsView(null, "body-temperature", null, "ED-01", null, new Bounds(36.0, 39.0), null)));
        EffectiveLimits ofPlace = effective("body-temperature", "ED-01", null);
        assertThat(ofPlace.limits()).isEqualTo(new LimitsView(ofPlace.limits().id(), "body-temperature", null, "ED-01", null, new Bounds(36.0, 39.0), null));
        assertThat(ofPlace.why()).isEqualTo("Place ED-01 has limits of its own for body-temperature.");
    }

    @Test
    void withoutDefaultNothingIsWatched() {
        LimitsView byDefault = list("room-temperature", null, null, null).items().get(0);
        call(c -> remove(c, byDefault.id(), call(d -> d.get(byDefault.id())).version()));
        EffectiveLimits none = effective("room-temperature", "ED-01", null);
        assertThat(none.limits()).isNull();
        assertThat(none.why()).startsWith("Nothing is watched: room-temperature has no default limits; none are set for place ED-01");
        assertRefused(404, "not-found", () -> effective("nonsense", "ED-01", null));
        assertRefused(404, "not-found", () -> effective("heart-rate", "ED-99", null));
    }

    private static EffectiveLimits effective(String variable, String place, String at) {
        return persistence.transaction(em -> catalog(em).effective(variable, place, at == null ? null : OffsetDateTime.parse(at)));
    }

    private static Page<LimitsView> list(String variable, String ward, String place, String patient) {
        return call(c -> c.list(new LimitsFilter(variable, ward, place, patient), null, 100));
    }

    private static Void remove(LimitsCatalog catalog, int id, int version) {
        catalog.remove(id, version);
        return null;
    }

    private static <R> R call(Function<LimitsCatalog, R> call) {
        return persistence.transaction(em -> call.apply(catalog(em)));
    }

    private static LimitsCatalog catalog(EntityManager em) {
        LimitsCatalog catalog = new LimitsCatalog();
        catalog.em = em;
        catalog.audit = AuditTrailInTests.on(em);
        catalog.time = new Time();
        return catalog;
    }
}
