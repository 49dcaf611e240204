package org.velador.alarms.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.velador.limits.entity.Priority;
import org.velador.platform.control.Sql;

/**
 * Alarms that a patient's history is not what was signed. One of a patient is open at a time, whoever notices; it stays until somebody
 * resolves it, and the same evidence does not raise another.
 *
 * @param connection in a transaction
 */
public record IntegrityAlarms(Connection connection) {

    private static final String ALARMS = """
            select a.id, p.mrn, a.condition, a.subject, a.raised_at, a.acknowledged_at, a.cleared_at, e.note
            from alarm a
            left join patient p on p.id = a.patient_id
            left join alarm_event e on e.alarm_id = a.id and e.type = 'CLEARED'""";

    public boolean isOpen(long patientId) throws SQLException {
        return !new Sql().add("select from alarm where kind = 'INTEGRITY' and patient_id = ? and cleared_at is null", patientId)
                .list(connection, row -> true).isEmpty();
    }

    /**
     * Raises one, unless one is open or the same has been told before.
     *
     * @param finding  stable name of what is wrong
     * @param entry    number of the first entry that is wrong
     * @param evidence names all that was found
     * @return whether it was raised
     */
    public boolean raise(long patientId, String finding, int entry, byte[] evidence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with raised as (
                    insert into alarm (kind, condition, subject, patient_id, priority, raised_at, recorded_at, evidence)
                    values ('INTEGRITY', ?, ?, ?, ?, now(), now(), ?)
                    on conflict do nothing
                    returning id, priority, raised_at, recorded_at)
                insert into alarm_event (alarm_id, type, at, recorded_at, priority, reason)
                select id, 'RAISED', raised_at, recorded_at, priority, 'NOT_AS_SIGNED' from raised""")) {
            statement.setString(1, finding);
            statement.setString(2, "entry " + entry);
            statement.setLong(3, patientId);
            statement.setInt(4, Priority.HIGH.rank());
            statement.setBytes(5, evidence);
            return statement.executeUpdate() > 0;
        }
    }

    /** These histories were found whole: what was told of them is told anew should it come back. */
    public void forget(Collection<Long> patientIds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update alarm set evidence = null
                where kind = 'INTEGRITY' and patient_id = any (?) and cleared_at is not null and evidence is not null""")) {
            statement.setArray(1, connection.createArrayOf("bigint", patientIds.toArray()));
            statement.executeUpdate();
        }
    }

    /**
     * Ends one.
     *
     * @param note who resolved it and why
     * @return whether it was open
     */
    boolean resolve(long id, String note) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with resolved as (
                    update alarm set cleared_at = greatest(now(), raised_at + interval '1 microsecond'), version = version + 1
                    where id = ? and kind = 'INTEGRITY' and cleared_at is null
                    returning id, priority, cleared_at)
                insert into alarm_event (alarm_id, type, at, recorded_at, priority, reason, note)
                select id, 'CLEARED', cleared_at, now(), priority, 'RESOLVED', ? from resolved""")) {
            statement.setLong(1, id);
            statement.setString(2, note);
            return statement.executeUpdate() > 0;
        }
    }

    /** Raised last first; open ones alone, or all. */
    List<IntegrityAlarmView> list(boolean openOnly, Long before, int limit) throws SQLException {
        Sql sql = new Sql().add(ALARMS).add("where a.kind = 'INTEGRITY'");
        if (openOnly) {
            sql.add("and a.cleared_at is null");
        }
        return sql.addIf(before, "and a.id < ?").add("order by a.id desc limit ?", limit).list(connection, IntegrityAlarms::view);
    }

    /** Empty when there is none with this id. */
    List<IntegrityAlarmView> find(long id) throws SQLException {
        return new Sql().add(ALARMS).add("where a.kind = 'INTEGRITY' and a.id = ?", id).list(connection, IntegrityAlarms::view);
    }

    private static IntegrityAlarmView view(ResultSet row) throws SQLException {
        String note = row.getString(8);
        String[] resolution = note == null ? new String[] {null, null} : note.split(": ", 2);
        return new IntegrityAlarmView(row.getLong(1), row.getString(2), row.getString(3), Integer.parseInt(row.getString(4).substring("entry ".length())),
                "high", row.getObject(7) == null ? "active" : "resolved", row.getObject(5, OffsetDateTime.class),
                row.getObject(6, OffsetDateTime.class), row.getObject(7, OffsetDateTime.class), resolution[0], resolution[1]);
    }
}
