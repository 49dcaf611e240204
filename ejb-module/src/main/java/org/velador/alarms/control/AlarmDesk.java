package org.velador.alarms.control;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.velador.alarms.entity.Alarm;
import org.velador.alarms.entity.AlarmEvent;
import org.velador.alarms.entity.Assessed;
import org.velador.alarms.entity.Episode;
import org.velador.platform.control.Problem;

/**
 * Lets alarms follow the measurements, in the transaction that stores them.
 *
 * <p>The caller holds the lock of each pair's row in {@code latest_measurement}; whatever instance it runs on, nobody else
 * changes alarms of that pair meanwhile but to acknowledge one.
 */
@Stateless
public class AlarmDesk {

    @PersistenceContext
    EntityManager em;

    /**
     * Raises, escalates, clears and revises what the news call for.
     *
     * @return the open alarm of each pair that has one now, of the pairs whose alarms were looked at
     */
    public Map<WatchedPair, Alarm> follow(List<News> news, OffsetDateTime now) throws SQLException {
        List<Reconciliation> reconciliations = new ArrayList<>();
        for (News n : news) {
            if (!n.uneventful()) {
                reconciliations.add(n.outOfOrder() ? lookBack(n) : goOn(n));
            }
        }
        // Revisions first: an alarm must have ended before the next of its pair can be open beside it.
        List<AlarmEvent> events = new ArrayList<>();
        for (Reconciliation r : reconciliations) {
            events.addAll(r.revise(now));
        }
        em.flush();
        Map<WatchedPair, Alarm> open = new HashMap<>();
        for (Reconciliation r : reconciliations) {
            for (Alarm alarm : r.raise(now)) {
                em.persist(alarm);
                events.addAll(alarm.firstEvents(now, r.outOfOrder()));
            }
            r.openAlarm().ifPresent(alarm -> open.put(r.pair(), alarm));
        }
        events.forEach(em::persist);
        // The database gives the ids, and whoever asked may want to tell them.
        em.flush();
        return open;
    }

    /** Nothing is late: the open alarm, if there is one, goes on from where it was. */
    private Reconciliation goOn(News n) {
        List<Alarm> known = n.breachedBefore() ? alarms(n.pair(), null, null) : List.of();
        Episode open = known.isEmpty() ? null : known.get(0).episode(n.newestBefore());
        return new Reconciliation(n, known, Episode.of(open, n.measurements()));
    }

    /** Something is late: the stretch of the past that it can have changed is read again. */
    private Reconciliation lookBack(News n) throws SQLException {
        Stretch stretch = Stretch.around(em.unwrap(Connection.class), n);
        List<Assessed> measurements = stretch.measurements();
        List<Alarm> known = alarms(n.pair(), measurements.get(0).takenAt(), measurements.get(measurements.size() - 1).takenAt());
        return new Reconciliation(n, known, Episode.of(null, measurements));
    }

    /** The alarms raised within a time, or without one the open alarm; newest first, locked against acknowledgements. */
    private List<Alarm> alarms(WatchedPair pair, OffsetDateTime from, OffsetDateTime to) {
        String which = from == null ? "a.clearedAt is null" : "a.raisedAt between :from and :to";
        var query = em.createQuery("select a from Alarm a where a.placeId = :place and a.variableId = :variable and "
                        + which + " order by a.raisedAt desc", Alarm.class)
                .setParameter("place", pair.placeId())
                .setParameter("variable", pair.variableId())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE);
        if (from != null) {
            query.setParameter("from", from).setParameter("to", to);
        }
        return query.getResultList();
    }

    /**
     * Somebody has taken notice of an alarm.
     *
     * @throws org.velador.platform.control.ProblemException 404 when there is no such alarm, 409 when it is cleared already
     */
    public void acknowledge(long id, String note, OffsetDateTime now) {
        Alarm alarm = em.find(Alarm.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (alarm == null) {
            throw Problem.notFound("alarm", id).asException();
        }
        try {
            alarm.acknowledge(note, now).forEach(em::persist);
        } catch (IllegalStateException e) {
            throw new Problem(409, "alarm-cleared", "Alarm is cleared", e.getMessage() + " There is nothing left to acknowledge.").asException();
        }
    }
}
