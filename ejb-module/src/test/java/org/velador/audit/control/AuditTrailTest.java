package org.velador.audit.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ContextNotActiveException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.velador.accounts.control.Caller;

class AuditTrailTest {

    private static final String NOTED = """
            select concat_ws('|', instance, who, array_to_string(roles, ' '), action, method, path, object, array_to_string(patients, ' '), detail, outcome,
                             status, address, correlation_id) from audit_draft order by id""";

    private final Chains chains = new Chains();

    @AfterEach
    void close() {
        chains.close();
    }

    @Test
    void whoAndWhereAreKnownByThemselves() throws Exception {
        chains.persistence.transaction(em -> {
            AuditTrailInTests.on(em, "a", Chains.caller(), Chains.occasion()).record(Action.PLACE_CHANGE, "ICU-1", "ward: 'ICU' -> 'W1'");
            return null;
        });
        assertThat(chains.rows(NOTED)).containsExactly(
                "a|ana|admin clinician|place.change|PUT|/api/places/{code}|ICU-1||ward: 'ICU' -> 'W1'|done|192.0.2.7|c-1");
    }

    @Test
    void whatConcernsAPatientIsFoundByTheMrn() throws Exception {
        chains.persistence.transaction(em -> {
            AuditTrail trail = AuditTrailInTests.on(em, "a", Chains.caller(), Chains.occasion());
            trail.record(Action.PATIENT_CHANGE, "P-1", "name");
            trail.record(Action.LIMITS_CHANGE, "17", List.of("P-2", "P-1", "P-2"), null);
            trail.answered(Action.PATIENT_READ, "P-9", List.of("P-9"), null, Outcome.NOT_FOUND, 404);
            return null;
        });
        assertThat(chains.rows("select action || array_to_string(patients, ' ') || coalesce(status::text, '') from audit_draft order by id"))
                .containsExactly("patient.changeP-1", "limits.changeP-1 P-2", "patient.readP-9404");
    }

    @Test
    void changeThatIsRolledBackLeavesNoEntry() throws Exception {
        assertThatThrownBy(() -> chains.persistence.transaction(em -> {
            AuditTrailInTests.on(em).record(Action.PLACE_ADD, "ICU-1", null);
            throw new IllegalStateException("after it was noted");
        })).hasMessage("after it was noted");
        assertThat(chains.rows(NOTED)).isEmpty();
        assertThat(chains.seal("this")).isZero();
    }

    @Test
    void thereIsNoChangeThatCannotBeNoted() throws Exception {
        chains.execute("alter table audit_draft rename to away");
        assertThatThrownBy(() -> chains.persistence.transaction(em -> {
            em.createNativeQuery("insert into place (code, ward, kind) values ('ICU-1', 'ICU', 'BED')").executeUpdate();
            AuditTrailInTests.on(em).record(Action.PLACE_ADD, "ICU-1", null);
            return null;
        })).hasMessageContaining("could not be noted");
        assertThat(chains.rows("select code from place")).isEmpty();
    }

    @Test
    void whatNobodyAskedForIsTheSystems() throws Exception {
        chains.persistence.transaction(em -> {
            AuditTrailInTests.on(em).record(Action.INSTANCE_REMOVE, "b", null);
            AuditTrailInTests.on(em, "this", new Caller() {
                @Override
                public String address() {
                    throw new ContextNotActiveException();
                }
            }, new Occasion()).record(Action.INSTANCE_REMOVE, "c", null);
            return null;
        });
        assertThat(chains.rows(NOTED)).containsExactly("this|system||instance.remove|b||done", "this|system||instance.remove|c||done");
    }

    @Test
    void whatCannotBeStoredIsNotedAllTheSame() throws Exception {
        chains.note("a", "nul \u0000, line\n, half \ud800, " + "x".repeat(1000));
        assertThat(chains.rows("select object from audit_draft")).hasSize(1)
                .allSatisfy(object -> assertThat(object).startsWith("nul \uFFFD, line\uFFFD, half \uFFFD, xxx").hasSize(200));
        assertThat(chains.seal("a")).isOne();
        assertThat(chains.broken()).isEmpty();
    }
}
