package org.velador.places.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.platform.control.Refusals.assertRefused;

import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.audit.control.AuditTrailInTests;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.control.Page;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestPersistence;
import org.velador.platform.control.Versioned;

class PlaceCatalogTest {

    private static DataSource database;
    private static TestPersistence persistence;

    @BeforeAll
    static void prepare() {
        database = TestDatabase.create();
        persistence = new TestPersistence(database);
        TestDatabase.execute(database, """
                insert into place (code, ward, kind, name) values
                    ('L-01', 'LIST', 'BED', null), ('L-02', 'LIST', 'ROOM', 'Day room'), ('L-03', 'LIST', 'BED', null), ('M-01', 'OTHER', 'FRIDGE', null);
                insert into patient (mrn, name, sex) values ('A', 'Ana', 'FEMALE')""");
    }

    @AfterAll
    static void close() {
        persistence.close();
    }

    @Test
    void listsByWardAndKindPageByPage() {
        Page<PlaceView> first = call(c -> c.list("LIST", null, null, 2));
        assertThat(first.items()).extracting(PlaceView::code).containsExactly("L-01", "L-02");
        Page<PlaceView> second = call(c -> c.list("LIST", null, Page.decode(first.cursor()), 2));
        assertThat(second.items()).extracting(PlaceView::code).containsExactly("L-03");
        assertThat(second.cursor()).isNull();
        assertThat(call(c -> c.list("LIST", PlaceKind.BED, null, 10)).items()).extracting(PlaceView::code).containsExactly("L-01", "L-03");
        assertThat(call(c -> c.list("NOWHERE", null, null, 10)).items()).isEmpty();
    }

    @Test
    void answersWithWhatWasStored() {
        PlaceView view = new PlaceView("B-01", "ICU", PlaceKind.BED, null);
        Versioned<PlaceView> added = call(c -> c.add(view));
        assertThat(added.value()).isEqualTo(view);
        Versioned<PlaceView> read = call(c -> c.get("B-01"));
        assertThat(read).isEqualTo(added);
        assertRefused(409, "already-exists", () -> call(c -> c.add(view)));
        assertRefused(404, "not-found", () -> call(c -> c.get("b-01")));
    }

    @Test
    void editsOnlyTheVersionThatWasSeen() {
        Versioned<PlaceView> added = call(c -> c.add(new PlaceView("E-01", "ICU", PlaceKind.BED, null)));
        PlaceView renamed = new PlaceView("E-01", "ICU", PlaceKind.BED, "Window");
        Versioned<PlaceView> changed = call(c -> c.change("E-01", renamed, added.version()));
        assertThat(changed.value()).isEqualTo(renamed);
        assertThat(changed.version()).isGreaterThan(added.version());
        assertRefused(412, "stale-version", () -> call(c -> c.change("E-01", renamed, added.version())));
        assertRefused(412, "stale-version", () -> call(c -> remove(c, "E-01", added.version())));
    }

    @Test
    void removesWhatWasNeverUsed() {
        Versioned<PlaceView> added = call(c -> c.add(new PlaceView("R-01", "ICU", PlaceKind.FRIDGE, null)));
        call(c -> remove(c, "R-01", added.version()));
        assertRefused(404, "not-found", () -> call(c -> c.get("R-01")));
    }

    @Test
    void keepsWhatIsInUse() {
        keeps("U-01", "insert into latest_measurement (place_id, variable_id) select id, 1 from place where code = 'U-01'");
        keeps("U-02", "insert into limits (variable_id, place_id, medium_low) select 1, id, 1 from place where code = 'U-02'");
        keeps("U-03", "insert into stay (patient_id, place_id, admitted_at) select 1, id, now() from place where code = 'U-03'");
        assertRefused(400, "invalid-request", () -> call(c -> c.change("U-03", new PlaceView("U-03", "ICU", PlaceKind.ROOM, null), 1)));
    }

    private static void keeps(String code, String use) {
        int version = call(c -> c.add(new PlaceView(code, "ICU", PlaceKind.BED, null))).version();
        TestDatabase.execute(database, use);
        assertRefused(409, "in-use", () -> call(c -> remove(c, code, version)));
    }

    private static Void remove(PlaceCatalog catalog, String code, int version) {
        catalog.remove(code, version);
        return null;
    }

    private static <R> R call(Function<PlaceCatalog, R> call) {
        return persistence.transaction(em -> {
            PlaceCatalog catalog = new PlaceCatalog();
            catalog.em = em;
            catalog.audit = AuditTrailInTests.on(em);
            return call.apply(catalog);
        });
    }
}
