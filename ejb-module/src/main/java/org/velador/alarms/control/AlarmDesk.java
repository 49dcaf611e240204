package org.velador.alarms.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.velador.alarms.entity.Alarm;
import org.velador.alarms.entity.AlarmEvent;
import org.velador.alarms.entity.Episode;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;

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

    @EJB
    AuditTrail audit;

    /**
     * Raises, escalates, clears and revises what the news call for.
     *
     * @return the open alarm of each pair that has one now, of the pairs whose alarms were looked at
     */
    public Map<WatchedPair, Alarm> follow(List<News> news, OffsetDateTime now) throws SQLException {
        List<News> eventful = news.stream().filter(n -> !n.uneventful()).toList();
        if (eventful.isEmpty()) {
            return Map.of();
        }
        Map<WatchedPair, Alarm> openBefore = openBefore(eventful);
        Map<WatchedPair, List<Stretch>> stretches =
                Stretch.around(em.unwrap(Connection.class), eventful.stream().filter(News::outOfOrder).toList());
        Map<WatchedPair, List<Alarm>> raisedWithin = raisedWithin(stretches);
        List<Reconciliation> reconciliations = new ArrayList<>();
        for (News n : eventful) {
            reconciliations.add(n.outOfOrder()
                    ? lookBack(n, stretches.get(n.pair()), raisedWithin.getOrDefault(n.pair(), List.of()))
                    : goOn(n, openBefore.get(n.pair())));
        }
        // Revisions first: an alarm must have ended before the next of its pair can be open beside it.
        List<AlarmEvent> events = new ArrayList<>();
        for (Reconciliation r : reconciliations) {
            events.addAll(r.revise(now));
        }
        em.flush();
        List<Alarm> raised = new ArrayList<>();
        Map<WatchedPair, Alarm> open = new HashMap<>();
        for (Reconciliation r : reconciliations) {
            for (Alarm alarm : r.raise(now)) {
                raised.add(alarm);
                events.addAll(alarm.firstEvents(now, r.outOfOrder()));
            }
            r.openAlarm().ifPresent(alarm -> open.put(r.pair(), alarm));
        }
        AlarmRows rows = new AlarmRows(em.unwrap(Connection.class));
        rows.insert(raised);
        rows.append(events);
        return open;
    }

    /** The open alarm of each pair that has one, by one query; nobody but an acknowledgement changes it while the caller has the lock. */
    public Map<WatchedPair, Alarm> open(Collection<WatchedPair> pairs) {
        return open(pairs, "");
    }

    /** The open alarms of the pairs with news that go on from one, locked against acknowledgements. */
    private Map<WatchedPair, Alarm> openBefore(List<News> news) {
        return open(news.stream().filter(n -> n.breachedBefore() && !n.outOfOrder()).map(News::pair).toList(), "for update of a");
    }

    private Map<WatchedPair, Alarm> open(Collection<WatchedPair> pairs, String lock) {
        if (pairs.isEmpty()) {
            return Map.of();
        }
        List<?> alarms = em.createNativeQuery("""
                select a.*
                from alarm a
                join unnest(?::int[], ?::int[]) as p (place_id, variable_id) using (place_id, variable_id)
                where a.cleared_at is null
                order by a.place_id, a.variable_id
                """ + lock, Alarm.class)
                .setParameter(1, WatchedPair.placeIds(pairs))
                .setParameter(2, WatchedPair.variableIds(pairs))
                .getResultList();
        Map<WatchedPair, Alarm> open = new HashMap<>();
        for (Object found : alarms) {
            Alarm alarm = (Alarm) found;
            open.put(new WatchedPair(alarm.placeId(), alarm.variableId()), alarm);
        }
        return open;
    }

    /** Nothing is late: the open alarm, if there is one, goes on from where it was. */
    private static Reconciliation goOn(News n, Alarm open) {
        List<Alarm> known = open == null ? List.of() : List.of(open);
        Episode last = open == null ? null : open.episode(n.newestBefore());
        return new Reconciliation(n, known, Episode.of(last, n.measurements()));
    }

    /** Something is late: the stretches of the past that it can have changed are looked at again. */
    private static Reconciliation lookBack(News n, List<Stretch> stretches, List<Alarm> known) {
        // Each but the last ends with a measurement inside the limits, so that no episode reaches into the next.
        return new Reconciliation(n, known, Episode.of(null, stretches.stream().flatMap(s -> s.measurements().stream()).toList()));
    }

    /** The alarms raised within the stretches, newest first, by one query and locked against acknowledgements. */
    private Map<WatchedPair, List<Alarm>> raisedWithin(Map<WatchedPair, List<Stretch>> stretchesOf) {
        if (stretchesOf.isEmpty()) {
            return Map.of();
        }
        List<Stretch> stretches = stretchesOf.values().stream().flatMap(List::stream).toList();
        List<WatchedPair> pairs = stretches.stream().map(Stretch::pair).toList();
        List<?> alarms = em.createNativeQuery("""
                select a.*
                from alarm a
                join unnest(?::int[], ?::int[], ?::timestamptz[], ?::timestamptz[]) as s (place_id, variable_id, first, last)
                  on a.place_id = s.place_id and a.variable_id = s.variable_id and a.raised_at between s.first and s.last
                order by a.place_id, a.variable_id, a.raised_at desc
                for update of a""", Alarm.class)
                .setParameter(1, WatchedPair.placeIds(pairs))
                .setParameter(2, WatchedPair.variableIds(pairs))
                .setParameter(3, Stretch.times(stretches, Stretch::first))
                .setParameter(4, Stretch.times(stretches, Stretch::last))
                .getResultList();
        Map<WatchedPair, List<Alarm>> raised = new HashMap<>();
        for (Object found : alarms) {
            Alarm alarm = (Alarm) found;
            raised.computeIfAbsent(new WatchedPair(alarm.placeId(), alarm.variableId()), pair -> new ArrayList<>()).add(alarm);
        }
        return raised;
    }

    /**
     * Somebody has taken notice of an alarm.
     *
     * @throws org.velador.platform.control.ProblemException 404 when there is no such alarm, 409 when it is cleared already
     */
    public void acknowledge(long id, String note, OffsetDateTime now) throws SQLException {
        Alarm alarm = em.find(Alarm.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (alarm == null) {
            throw Problem.notFound("alarm", id).asException();
        }
        try {
            new AlarmRows(em.unwrap(Connection.class)).append(alarm.acknowledge(note, now));
        } catch (IllegalStateException e) {
            throw new Problem(409, "alarm-cleared", "Alarm is cleared", e.getMessage() + " There is nothing left to acknowledge.").asException();
        }
        audit.record(Action.ALARM_ACKNOWLEDGE, Long.toString(id), patients(id), null);
    }

    /** Whoever lay there when the alarm was raised, or whose history it is about. */
    private List<String> patients(long id) throws SQLException {
        return new Sql().add("""
                select o.mrn
                from alarm a
                left join stay s on s.place_id = a.place_id and tstzrange(s.admitted_at, s.discharged_at) @> a.raised_at
                join patient o on o.id in (a.patient_id, s.patient_id)
                where a.id = ?""", id).list(em.unwrap(Connection.class), row -> row.getString(1));
    }
}
