package org.velador.variables.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.audit.control.Changes;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Versioned;
import org.velador.variables.entity.Variable;

/** The variables that may be measured, by code. */
@Stateless
public class VariableCatalog {

    @PersistenceContext
    private EntityManager em;

    @EJB
    private AuditTrail audit;

    /** Ordered by code. */
    public Page<VariableView> list(String afterCode, int limit) {
        List<VariableView> found = em.createQuery("""
                        select new org.velador.variables.control.VariableView(
                            v.code, v.name, v.unit, v.loinc, v.mdc, v.plausibleLow, v.plausibleHigh)
                        from Variable v
                        where v.code > :after
                        order by v.code""", VariableView.class)
                .setParameter("after", afterCode == null ? "" : afterCode)
                .setMaxResults(limit + 1)
                .getResultList();
        return Page.of(found, limit, VariableView::code);
    }

    public Versioned<VariableView> get(String code) {
        return versioned(find(code, LockModeType.NONE));
    }

    public Versioned<VariableView> add(VariableView asked) {
        if (!em.createQuery("select v.id from Variable v where v.code = :code").setParameter("code", asked.code()).getResultList().isEmpty()) {
            throw Problem.alreadyExists("variable", asked.code()).asException();
        }
        Variable variable = new Variable(asked.code());
        describe(variable, asked);
        em.persist(variable);
        em.flush();
        audit.record(Action.VARIABLE_ADD, variable.code(), Changes.between(null, VariableView.of(variable)));
        return versioned(variable);
    }

    /**
     * Edits the version that the client has seen.
     *
     * @param seenVersion the version from If-Match
     */
    public Versioned<VariableView> change(String code, VariableView asked, int seenVersion) {
        Variable variable = find(code, LockModeType.PESSIMISTIC_WRITE);
        if (variable.version() != seenVersion) {
            throw Problem.stale("variable", code).asException();
        }
        if (!variable.unit().equals(asked.unit()) && isMeasured(variable)) {
            throw Problem.invalid("unit", "'" + asked.unit() + "' (expected: '" + variable.unit()
                    + "', since there are measurements in it)").asException();
        }
        VariableView before = VariableView.of(variable);
        describe(variable, asked);
        em.flush();
        audit.record(Action.VARIABLE_CHANGE, code, Changes.between(before, VariableView.of(variable)));
        return versioned(variable);
    }

    public void remove(String code, int seenVersion) {
        Variable variable = find(code, LockModeType.PESSIMISTIC_WRITE);
        if (variable.version() != seenVersion) {
            throw Problem.stale("variable", code).asException();
        }
        if (isMeasured(variable)) {
            throw Problem.inUse("variable", code, "measurements").asException();
        }
        em.createNativeQuery("delete from limits where variable_id = ?1").setParameter(1, variable.id()).executeUpdate();
        em.remove(variable);
        audit.record(Action.VARIABLE_REMOVE, code, Changes.between(VariableView.of(variable), null));
    }

    private static Versioned<VariableView> versioned(Variable variable) {
        return new Versioned<>(VariableView.of(variable), variable.version());
    }

    private static void describe(Variable variable, VariableView asked) {
        try {
            variable.describe(asked.name(), asked.unit(), asked.loinc(), asked.mdc(), asked.plausibleLow(), asked.plausibleHigh());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("plausibleLow", e.getMessage().substring("plausibleLow: ".length())).asException();
        }
    }

    private boolean isMeasured(Variable variable) {
        return !em.createNativeQuery("select 1 from latest_measurement where variable_id = ?1 limit 1")
                .setParameter(1, variable.id()).getResultList().isEmpty();
    }

    private Variable find(String code, LockModeType lock) {
        return em.createQuery("select v from Variable v where v.code = :code", Variable.class)
                .setParameter("code", code)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("variable", code).asException());
    }
}
