package org.velador.alarms.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.velador.alarms.entity.AlarmEvent;
import org.velador.limits.entity.Priority;

/**
 * Technical alarms of one condition. All instances may notice the same at once: the database lets one of them raise the alarm and
 * one of them clear it. Subjects are taken in order, so that no two wait for each other.
 *
 * @param connection in a transaction or not: each method is one statement
 * @param condition  stable name of what is wrong
 */
public record TechnicalAlarms(Connection connection, String condition) {

    /** An instance has not been heard of for 15 s; the subject is its name. */
    public static final String INSTANCE_LOST = "instance-lost";

    /**
     * Raises the alarm of each subject that has none open.
     *
     * @param since since when the condition holds of each subject; of one such time an alarm is raised once, whatever came after
     * @return the subjects of which one was raised
     */
    public List<String> raise(Map<String, OffsetDateTime> since, Priority priority, AlarmEvent.Reason reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with raised as (
                    insert into alarm (kind, condition, subject, priority, raised_at, recorded_at)
                    select 'TECHNICAL', ?, s.subject, ?, s.since, now()
                    from unnest(?::text[], ?::timestamptz[]) as s (subject, since)
                    order by s.subject
                    on conflict do nothing
                    returning id, subject, priority, raised_at, recorded_at),
                told as (
                    insert into alarm_event (alarm_id, type, at, recorded_at, priority, reason)
                    select id, 'RAISED', raised_at, recorded_at, priority, ? from raised order by subject)
                select subject from raised order by subject""")) {
            List<String> subjects = List.copyOf(since.keySet());
            statement.setString(1, condition);
            statement.setInt(2, priority.rank());
            statement.setArray(3, connection.createArrayOf("text", subjects.toArray()));
            statement.setArray(4, connection.createArrayOf("text", subjects.stream().map(s -> since.get(s).toString()).toArray()));
            statement.setString(5, reason.name());
            return subjects(statement);
        }
    }

    /**
     * Clears the open alarms of the subjects.
     *
     * @return the subjects of which one was cleared
     */
    public List<String> clear(Collection<String> subjects, AlarmEvent.Reason reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with open as (
                    select id from alarm
                    where kind = 'TECHNICAL' and condition = ? and subject = any (?) and cleared_at is null
                    order by subject
                    for update),
                cleared as (
                    update alarm a
                    set cleared_at = greatest(now(), a.raised_at + interval '1 microsecond'), version = a.version + 1
                    from open
                    where a.id = open.id and a.cleared_at is null
                    returning a.id, a.subject, a.priority, a.cleared_at),
                told as (
                    insert into alarm_event (alarm_id, type, at, recorded_at, priority, reason)
                    select id, 'CLEARED', cleared_at, now(), priority, ? from cleared order by subject)
                select subject from cleared order by subject""")) {
            statement.setString(1, condition);
            statement.setArray(2, connection.createArrayOf("text", subjects.toArray()));
            statement.setString(3, reason.name());
            return subjects(statement);
        }
    }

    private static List<String> subjects(PreparedStatement statement) throws SQLException {
        List<String> subjects = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                subjects.add(row.getString(1));
            }
        }
        return subjects;
    }
}
