package org.velador.alarms.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.velador.alarms.entity.Alarm;
import org.velador.alarms.entity.AlarmEvent;
import org.velador.platform.control.Time;

/**
 * New alarms and events, each kind stored by one statement however many there are: when a whole ward's monitors deliver at
 * once, one row at a time would take longer than their thousand measurements.
 */
final class AlarmRows {

    private final Connection connection;

    AlarmRows(Connection connection) {
        this.connection = connection;
    }

    /** What is unique about an alarm; its id is told by that, as rows come back in no particular order. */
    private record Story(int placeId, int variableId, Instant raisedAt) {
    }

    /** Stores new alarms and gives them their ids. */
    void insert(List<Alarm> alarms) throws SQLException {
        if (alarms.isEmpty()) {
            return;
        }
        Map<Story, Alarm> alarmOf = new HashMap<>();
        alarms.forEach(a -> alarmOf.put(new Story(a.placeId(), a.variableId(), a.raisedAt().toInstant()), a));
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into alarm (place_id, variable_id, priority, value, limit_exceeded, raised_at, escalated_at, cleared_at, recorded_at)
                select a.place_id, a.variable_id, a.priority, a.value, a.limit_exceeded,
                       timestamptz 'epoch' + a.raised_at * interval '1 microsecond',
                       timestamptz 'epoch' + a.escalated_at * interval '1 microsecond',
                       timestamptz 'epoch' + a.cleared_at * interval '1 microsecond',
                       ?
                from unnest(?::int[], ?::int[], ?::int[], ?::float8[], ?::float8[], ?::bigint[], ?::bigint[], ?::bigint[])
                  as a (place_id, variable_id, priority, value, limit_exceeded, raised_at, escalated_at, cleared_at)
                returning id, place_id, variable_id, raised_at""")) {
            insert.setObject(1, alarms.get(0).recordedAt());
            set(insert, 2, "int4", alarms.stream().mapToInt(Alarm::placeId).toArray());
            set(insert, 3, "int4", alarms.stream().mapToInt(Alarm::variableId).toArray());
            set(insert, 4, "int4", alarms.stream().mapToInt(a -> a.priority().rank()).toArray());
            set(insert, 5, "float8", alarms.stream().map(Alarm::value).toArray(Double[]::new));
            set(insert, 6, "float8", alarms.stream().map(Alarm::limit).toArray(Double[]::new));
            set(insert, 7, "int8", alarms.stream().map(a -> micros(a.raisedAt())).toArray(Long[]::new));
            set(insert, 8, "int8", alarms.stream().map(a -> micros(a.escalatedAt())).toArray(Long[]::new));
            set(insert, 9, "int8", alarms.stream().map(a -> micros(a.clearedAt())).toArray(Long[]::new));
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    Instant raisedAt = row.getObject(4, OffsetDateTime.class).toInstant();
                    alarmOf.get(new Story(row.getInt(2), row.getInt(3), raisedAt)).stored(row.getLong(1));
                }
            }
        }
    }

    /** Appends events of stored alarms; their ids grow in the order given. */
    void append(List<AlarmEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into alarm_event (alarm_id, type, at, recorded_at, priority, value, limit_exceeded, reason, note)
                select e.alarm_id, e.type, timestamptz 'epoch' + e.at * interval '1 microsecond', ?, e.priority, e.value,
                       e.limit_exceeded, e.reason, e.note
                from unnest(?::bigint[], ?::text[], ?::bigint[], ?::int[], ?::float8[], ?::float8[], ?::text[], ?::text[])
                  with ordinality as e (alarm_id, type, at, priority, value, limit_exceeded, reason, note, number)
                order by e.number""")) {
            insert.setObject(1, events.get(0).recordedAt());
            set(insert, 2, "int8", events.stream().mapToLong(e -> e.alarm().id()).toArray());
            set(insert, 3, "text", events.stream().map(e -> e.type().name()).toArray());
            set(insert, 4, "int8", events.stream().mapToLong(e -> Time.micros(e.at())).toArray());
            set(insert, 5, "int4", events.stream().mapToInt(AlarmEvent::priority).toArray());
            set(insert, 6, "float8", events.stream().map(AlarmEvent::value).toArray(Double[]::new));
            set(insert, 7, "float8", events.stream().map(AlarmEvent::limit).toArray(Double[]::new));
            set(insert, 8, "text", events.stream().map(e -> e.reason().name()).toArray());
            set(insert, 9, "text", events.stream().map(AlarmEvent::note).toArray());
            insert.executeUpdate();
        }
    }

    private void set(PreparedStatement statement, int parameter, String type, Object elements) throws SQLException {
        statement.setArray(parameter, connection.unwrap(PGConnection.class).createArrayOf(type, elements));
    }

    private static Long micros(OffsetDateTime time) {
        return time == null ? null : Time.micros(time);
    }
}
