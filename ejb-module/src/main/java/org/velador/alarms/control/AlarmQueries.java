package org.velador.alarms.control;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.velador.limits.entity.Priority;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;

/** Finds alarms and tells their story. */
@Stateless
public class AlarmQueries {

    private static final String ALARMS = """
            select a.id, a.kind, a.condition, a.subject, v.code, p.code, p.ward, coalesce(o.mrn, w.mrn), a.priority, a.acknowledged_at, a.raised_at, a.escalated_at, a.cleared_at,
                   a.value, v.unit, a.limit_exceeded
            from alarm a
            left join variable v on v.id = a.variable_id
            left join place p on p.id = a.place_id
            left join stay s on s.place_id = a.place_id and tstzrange(s.admitted_at, s.discharged_at) @> a.raised_at
            left join patient o on o.id = s.patient_id
            left join patient w on w.id = a.patient_id
            where true""";

    @PersistenceContext
    EntityManager em;

    /** Where a page of alarms ended: what the cursor holds. */
    public record Position(OffsetDateTime raisedAt, long id) {

        /** Null for null: the first page. */
        public static Position of(String cursor) {
            String key = Page.decode(cursor);
            if (key == null) {
                return null;
            }
            String[] parts = key.split(" ", -1);
            try {
                if (parts.length == 2) {
                    return new Position(OffsetDateTime.parse(parts[0]), Long.parseLong(parts[1]));
                }
            } catch (DateTimeException | NumberFormatException e) {
                // Told below, like a wrong number of parts.
            }
            throw Page.invalidCursor(cursor);
        }
    }

    /** Raised last first. */
    public Page<AlarmView> find(AlarmFilter f, Position after, int limit) throws SQLException {
        Sql sql = new Sql().add(ALARMS);
        sql.addIf(f.kind() == null ? null : f.kind().name(), "and a.kind = ?");
        if (f.state() != null) {
            sql.add(f.state() == AlarmFilter.State.ACTIVE ? "and a.cleared_at is null" : "and a.cleared_at is not null");
        }
        sql.addIf(f.priority() == null ? null : f.priority().rank(), "and a.priority = ?");
        sql.addIf(f.variable(), "and v.code = ?");
        sql.addIf(f.ward(), "and p.ward = ?");
        sql.addIf(f.place(), "and p.code = ?");
        sql.addIf(f.patient(), "and coalesce(o.mrn, w.mrn) = ?");
        sql.addIf(f.from(), "and a.raised_at >= ?");
        sql.addIf(f.to(), "and a.raised_at < ?");
        if (after != null) {
            sql.add("and (a.raised_at, a.id) < (?, ?)", after.raisedAt(), after.id());
        }
        sql.add("order by a.raised_at desc, a.id desc limit ?", limit + 1);
        return Page.of(sql.list(connection(), AlarmQueries::alarm), limit, a -> a.raisedAt() + " " + a.id());
    }

    /**
     * An alarm with its events.
     *
     * @throws org.velador.platform.control.ProblemException 404 when there is no such alarm
     */
    public AlarmView get(long id) throws SQLException {
        List<AlarmView> found = new Sql().add(ALARMS).add("and a.id = ?", id).list(connection(), AlarmQueries::alarm);
        if (found.isEmpty()) {
            throw Problem.notFound("alarm", id).asException();
        }
        return found.get(0).with(new Sql().add("""
                select type, at, recorded_at, priority, value, limit_exceeded, reason, note
                from alarm_event where alarm_id = ? order by id""", id).list(connection(), AlarmQueries::event));
    }

    private Connection connection() {
        return em.unwrap(Connection.class);
    }

    private static AlarmView alarm(ResultSet row) throws SQLException {
        Double value = row.getObject(14, Double.class);
        Double limit = row.getObject(16, Double.class);
        OffsetDateTime acknowledgedAt = row.getObject(10, OffsetDateTime.class);
        OffsetDateTime clearedAt = row.getObject(13, OffsetDateTime.class);
        return new AlarmView(row.getLong(1), word(row.getString(2)), row.getString(3), row.getString(4),
                row.getString(5), row.getString(6), row.getString(7), row.getString(8),
                Priority.ofRank(row.getInt(9)).word(), clearedAt == null ? "active" : "cleared", acknowledgedAt != null, acknowledgedAt,
                row.getObject(11, OffsetDateTime.class), row.getObject(12, OffsetDateTime.class), clearedAt, value, row.getString(15), limit,
                value == null ? null : value < limit ? "low" : "high", null);
    }

    private static AlarmView.Event event(ResultSet row) throws SQLException {
        Integer rank = row.getObject(4, Integer.class);
        return new AlarmView.Event(word(row.getString(1)), row.getObject(2, OffsetDateTime.class), row.getObject(3, OffsetDateTime.class),
                rank == null ? null : Priority.ofRank(rank).word(), row.getObject(5, Double.class), row.getObject(6, Double.class),
                word(row.getString(7)), row.getString(8));
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
