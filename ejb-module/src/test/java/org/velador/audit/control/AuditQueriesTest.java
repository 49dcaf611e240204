package org.velador.audit.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.platform.control.Refusals.assertRefused;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.audit.entity.AuditEntry;
import org.velador.platform.control.Page;

class AuditQueriesTest {

    private static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, null, null);

    private static Chains chains;

    @BeforeAll
    static void note() throws SQLException {
        chains = new Chains();
        chains.persistence.transaction(em -> {
            AuditTrail trail = AuditTrailInTests.on(em, "a", Chains.caller(), Chains.occasion());
            trail.record(Action.PLACE_CHANGE, "ICU-1", null);
            trail.record(Action.PATIENT_ADD, "P-1", null);
            trail.answered(Action.PATIENT_SEARCH, null, List.of("P-1", "P-2"), null, Outcome.DONE, 200);
            trail.answered(Action.PATIENT_READ, "P-2", List.of("P-2"), null, Outcome.REFUSED, 403);
            return null;
        });
        chains.persistence.transaction(em -> {
            AuditTrailInTests.on(em).record(Action.INSTANCE_REMOVE, "b", null);
            return null;
        });
        chains.seal("a");
        chains.seal("this");
    }

    @AfterAll
    static void close() {
        chains.close();
    }

    @Test
    void newestFirstInPages() {
        Page<AuditEntry> first = find(ALL, null, 2);
        assertThat(objects(first)).containsExactly("b", "P-2");
        Page<AuditEntry> second = find(ALL, first.cursor(), 2);
        assertThat(objects(second)).containsExactly(null, "P-1");
        Page<AuditEntry> third = find(ALL, second.cursor(), 2);
        assertThat(objects(third)).containsExactly("ICU-1");
        assertThat(third.cursor()).isNull();
        assertRefused(400, "invalid-request", () -> AuditFilter.Position.of("bm90IGEgY3Vyc29y"), "cursor");
    }

    @Test
    void eachFilterLetsThroughWhatItSays() {
        OffsetDateTime longAgo = OffsetDateTime.parse("2000-01-01T00:00:00Z");
        assertThat(objects(new AuditFilter("system", null, null, null, null, null, null, null))).containsExactly("b");
        assertThat(objects(new AuditFilter(null, "patient.add", null, null, null, null, null, null))).containsExactly("P-1");
        assertThat(objects(new AuditFilter(null, "patient", null, null, null, null, null, null))).containsExactly("P-2", null, "P-1");
        assertThat(objects(new AuditFilter(null, null, "ICU-1", null, null, null, null, null))).containsExactly("ICU-1");
        assertThat(objects(new AuditFilter(null, null, null, "P-1", null, null, null, null))).containsExactly(null, "P-1");
        assertThat(objects(new AuditFilter(null, null, null, null, "this", null, null, null))).containsExactly("b");
        assertThat(objects(new AuditFilter(null, null, null, null, null, Outcome.REFUSED, null, null))).containsExactly("P-2");
        assertThat(objects(new AuditFilter(null, null, null, null, null, null, longAgo, null))).hasSize(5);
        assertThat(objects(new AuditFilter(null, null, null, null, null, null, null, longAgo))).isEmpty();
        assertThat(objects(new AuditFilter("ana", "patient", "P-2", "P-2", "a", Outcome.REFUSED, longAgo, null))).containsExactly("P-2");
    }

    @Test
    void exportHasAllOfThem() {
        List<String> exported = new ArrayList<>();
        chains.persistence.transaction(em -> {
            queries(em).export(ALL, entry -> exported.add(entry.object()));
            return null;
        });
        assertThat(exported).containsExactly("b", "P-2", null, "P-1", "ICU-1");
    }

    private static AuditQueries queries(EntityManager em) {
        AuditQueries queries = new AuditQueries();
        queries.em = em;
        return queries;
    }

    private static Page<AuditEntry> find(AuditFilter filter, String cursor, int limit) {
        return chains.persistence.transaction(em -> queries(em).find(filter, AuditFilter.Position.of(cursor), limit));
    }

    private static List<String> objects(AuditFilter filter) {
        return objects(find(filter, null, 100));
    }

    private static List<String> objects(Page<AuditEntry> page) {
        return page.items().stream().map(AuditEntry::object).toList();
    }
}
