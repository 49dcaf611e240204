package org.velador.places.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.audit.control.Changes;
import org.velador.places.entity.Place;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Versioned;

/** Beds, rooms and fridges, by code. */
@Stateless
public class PlaceCatalog {

    @PersistenceContext
    EntityManager em;

    @EJB
    AuditTrail audit;

    /**
     * Ordered by code.
     *
     * @param ward only places of this ward; null for all
     * @param kind only places of this kind; null for all
     */
    public Page<PlaceView> list(String ward, PlaceKind kind, String afterCode, int limit) {
        TypedQuery<PlaceView> query = em.createQuery("""
                        select new org.velador.places.control.PlaceView(p.code, p.ward, p.kind, p.name)
                        from Place p
                        where p.code > :after"""
                        + (ward == null ? "" : " and p.ward = :ward")
                        + (kind == null ? "" : " and p.kind = :kind")
                        + " order by p.code", PlaceView.class)
                .setParameter("after", afterCode == null ? "" : afterCode)
                .setMaxResults(limit + 1);
        if (ward != null) {
            query.setParameter("ward", ward);
        }
        if (kind != null) {
            query.setParameter("kind", kind);
        }
        return Page.of(query.getResultList(), limit, PlaceView::code);
    }

    public Versioned<PlaceView> get(String code) {
        return versioned(find(code, LockModeType.NONE));
    }

    public Versioned<PlaceView> add(PlaceView asked) {
        if (!em.createQuery("select p.id from Place p where p.code = :code").setParameter("code", asked.code()).getResultList().isEmpty()) {
            throw Problem.alreadyExists("place", asked.code()).asException();
        }
        Place place = new Place(asked.code());
        place.describe(asked.name(), asked.ward(), asked.kind());
        em.persist(place);
        em.flush();
        audit.record(Action.PLACE_ADD, place.code(), Changes.between(null, PlaceView.of(place)));
        return versioned(place);
    }

    /**
     * Edits the version that the client has seen.
     *
     * @param seenVersion the version from If-Match
     */
    public Versioned<PlaceView> change(String code, PlaceView asked, int seenVersion) {
        Place place = seen(code, seenVersion);
        if (place.kind() == PlaceKind.BED && asked.kind() != PlaceKind.BED && has("stay", place)) {
            throw Problem.invalid("kind", "not a bed (expected: 'bed', since patients have stayed there)").asException();
        }
        PlaceView before = PlaceView.of(place);
        place.describe(asked.name(), asked.ward(), asked.kind());
        em.flush();
        audit.record(Action.PLACE_CHANGE, code, Changes.between(before, PlaceView.of(place)));
        return versioned(place);
    }

    /** Takes away a place that was never used. */
    public void remove(String code, int seenVersion) {
        Place place = seen(code, seenVersion);
        // Only measured variables have a row in latest_measurement, and only they have alarms.
        firstUse(place).ifPresent(use -> {
            throw Problem.inUse("place", code, use).asException();
        });
        em.remove(place);
        em.flush();
        audit.record(Action.PLACE_REMOVE, code, Changes.between(PlaceView.of(place), null));
    }

    private Optional<String> firstUse(Place place) {
        record Use(String table, String words) {
        }
        return List.of(new Use("latest_measurement", "measurements"), new Use("stay", "stays"), new Use("limits", "limits of its own")).stream()
                .filter(use -> has(use.table(), place))
                .map(Use::words)
                .findFirst();
    }

    private boolean has(String table, Place place) {
        return !em.createNativeQuery("select 1 from " + table + " where place_id = ?1 limit 1")
                .setParameter(1, place.id()).getResultList().isEmpty();
    }

    private static Versioned<PlaceView> versioned(Place place) {
        return new Versioned<>(PlaceView.of(place), place.version());
    }

    private Place seen(String code, int seenVersion) {
        Place place = find(code, LockModeType.PESSIMISTIC_WRITE);
        if (place.version() != seenVersion) {
            throw Problem.stale("place", code).asException();
        }
        return place;
    }

    private Place find(String code, LockModeType lock) {
        return em.createQuery("select p from Place p where p.code = :code", Place.class)
                .setParameter("code", code)
                .setLockMode(lock)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("place", code).asException());
    }
}
