package org.velador.limits.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.audit.control.Changes;
import org.velador.limits.entity.Limits;
import org.velador.patients.control.Stays;
import org.velador.patients.control.StaysReader;
import org.velador.patients.entity.Patient;
import org.velador.places.entity.Place;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Problem.Violation;
import org.velador.platform.control.Time;
import org.velador.platform.control.Versioned;
import org.velador.variables.entity.Variable;

/** The limits that people set, and which of them apply where. */
@Stateless
public class LimitsCatalog {

    private static final String WITH_WHAT_THEY_ARE_FOR = "select l from Limits l join fetch l.variable left join fetch l.place left join fetch l.patient";

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    @EJB
    AuditTrail audit;

    /** Ordered by id. */
    public Page<LimitsView> list(LimitsFilter filter, String cursor, int limit) {
        Map<String, Object> conditions = new LinkedHashMap<>();
        conditions.put("l.id > ?", after(cursor));
        conditions.put("l.variable.code = ?", filter.variable());
        conditions.put("l.ward = ?", filter.ward());
        conditions.put("l.place.code = ?", filter.place());
        conditions.put("l.patient.mrn = ?", filter.patient());
        conditions.values().removeIf(Objects::isNull);

        StringBuilder text = new StringBuilder(WITH_WHAT_THEY_ARE_FOR);
        int number = 0;
        for (String condition : conditions.keySet()) {
            text.append(number == 0 ? " where " : " and ").append(condition).append(++number);
        }
        TypedQuery<Limits> query = em.createQuery(text.append(" order by l.id").toString(), Limits.class).setMaxResults(limit + 1);
        number = 0;
        for (Object value : conditions.values()) {
            query.setParameter(++number, value);
        }
        List<LimitsView> found = query.getResultList().stream().map(LimitsView::of).toList();
        return Page.of(found, limit, limits -> limits.id().toString());
    }

    public Versioned<LimitsView> get(int id) {
        return versioned(find(id, LockModeType.NONE));
    }

    public Versioned<LimitsView> add(LimitsView asked) {
        List<Violation> violations = new ArrayList<>(LimitsCheck.scope(asked));
        Variable variable = known(Variable.class, "code", asked.variable(), "variable", violations);
        Place place = known(Place.class, "code", asked.place(), "place", violations);
        Patient patient = known(Patient.class, "mrn", asked.patient(), "patient", violations);
        if (asked.id() != null) {
            violations.add(new Violation("id", "given (expected: none, new limits are numbered here)"));
        }
        if (variable != null) {
            violations.addAll(LimitsCheck.bounds(asked.thresholds(), variable.plausibleLow(), variable.plausibleHigh()));
        }
        refuse(violations);
        Limits limits = place != null ? Limits.forPlace(variable, place)
                : patient != null ? Limits.forPatient(variable, patient)
                : asked.ward() != null ? Limits.forWard(variable, asked.ward())
                : Limits.byDefault(variable);
        limits.set(asked.thresholds());
        try {
            em.persist(limits);
            em.flush();
        } catch (PersistenceException e) {
            if (DatabaseFailure.violatedConstraint(e).orElse("").equals("limits_one_for_a_scope")) {
                throw Problem.alreadyExists("row of limits for", asked.title()).asException();
            }
            throw e;
        }
        note(Action.LIMITS_ADD, limits, null, LimitsView.of(limits));
        return versioned(limits);
    }

    /**
     * Sets other bounds in the version that the client has seen. What the limits are for stays.
     *
     * @param seenVersion the version from If-Match
     */
    public Versioned<LimitsView> change(int id, LimitsView asked, int seenVersion) {
        Limits limits = seen(id, seenVersion);
        LimitsView now = LimitsView.of(limits);
        List<Violation> violations = new ArrayList<>();
        same("id", asked.id() == null ? now.id() : asked.id(), now.id(), violations);
        same("variable", asked.variable(), now.variable(), violations);
        same("ward", asked.ward(), now.ward(), violations);
        same("place", asked.place(), now.place(), violations);
        same("patient", asked.patient(), now.patient(), violations);
        violations.addAll(LimitsCheck.bounds(asked.thresholds(), limits.variable().plausibleLow(), limits.variable().plausibleHigh()));
        refuse(violations);
        limits.set(asked.thresholds());
        em.flush();
        note(Action.LIMITS_CHANGE, limits, now, LimitsView.of(limits));
        return versioned(limits);
    }

    /** Takes limits away; a variable whose default is taken away has none. */
    public void remove(int id, int seenVersion) {
        Limits limits = seen(id, seenVersion);
        em.remove(limits);
        em.flush();
        note(Action.LIMITS_REMOVE, limits, LimitsView.of(limits), null);
    }

    private void note(Action action, Limits limits, LimitsView before, LimitsView after) {
        audit.record(action, String.valueOf(limits.id()), limits.patient() == null ? List.of() : List.of(limits.patient().mrn()),
                Changes.between(before, after));
    }

    /**
     * The limits that a measurement would be held against.
     *
     * @param at when it is taken; null for now
     */
    public EffectiveLimits effective(String variableCode, String placeCode, OffsetDateTime at) throws SQLException {
        Variable variable = byKey(Variable.class, "code", variableCode).orElseThrow(() -> Problem.notFound("variable", variableCode).asException());
        Place place = byKey(Place.class, "code", placeCode).orElseThrow(() -> Problem.notFound("place", placeCode).asException());
        OffsetDateTime takenAt = at == null ? time.now() : at;
        Connection connection = em.unwrap(Connection.class);
        int[] places = {place.id()};
        Stays.Occupant occupant = StaysReader.load(connection, places, takenAt, takenAt).occupant(place.id(), takenAt);
        if (occupant != null) {
            audit.names(occupant.mrn());
        }
        LimitsInForce.Applied applied = LimitsReader.load(connection, new int[] {variable.id()}, places)
                .applied(variable.id(), place.id(), place.ward(), occupant == null ? null : occupant.patientId());
        return EffectiveLimits.of(variable.code(), place.code(), place.ward(), occupant == null ? null : occupant.mrn(), applied);
    }

    /** What has this key; where there is nothing the field is a violation, and where no key was given it is nothing. */
    private <T> T known(Class<T> type, String keyName, String key, String field, List<Violation> violations) {
        if (key == null) {
            return null;
        }
        Optional<T> found = byKey(type, keyName, key);
        if (found.isEmpty()) {
            violations.add(new Violation(field, "'" + key + "' (expected: one that exists)"));
        }
        return found.orElse(null);
    }

    private <T> Optional<T> byKey(Class<T> type, String keyName, String key) {
        return em.createQuery("select e from " + type.getSimpleName() + " e where e." + keyName + " = :key", type)
                .setParameter("key", key)
                .getResultStream()
                .findFirst();
    }

    private static void same(String field, Object asked, Object now, List<Violation> violations) {
        if (!Objects.equals(asked, now)) {
            violations.add(new Violation(field, (asked == null ? "missing" : "'" + asked + "'") + " (expected: "
                    + (now == null ? "none" : "'" + now + "'") + ", what limits are for never changes)"));
        }
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations).asException();
        }
    }

    private static Versioned<LimitsView> versioned(Limits limits) {
        return new Versioned<>(LimitsView.of(limits), limits.version());
    }

    private Limits seen(int id, int seenVersion) {
        Limits limits = find(id, LockModeType.PESSIMISTIC_WRITE);
        if (limits.version() != seenVersion) {
            throw Problem.stale("row of limits", id).asException();
        }
        return limits;
    }

    private Limits find(int id, LockModeType lock) {
        Limits limits = em.find(Limits.class, id, lock);
        if (limits == null) {
            throw Problem.notFound("row of limits", id).asException();
        }
        return limits;
    }

    private static int after(String cursor) {
        if (cursor == null) {
            return 0;
        }
        try {
            return Integer.parseInt(Page.decode(cursor));
        } catch (NumberFormatException e) {
            throw Page.invalidCursor(cursor);
        }
    }
}
