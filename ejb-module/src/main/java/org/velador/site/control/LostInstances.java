package org.velador.site.control;

import static org.velador.alarms.entity.AlarmEvent.Reason.HEARD_AGAIN;
import static org.velador.alarms.entity.AlarmEvent.Reason.NOT_HEARD_OF;
import static org.velador.alarms.entity.AlarmEvent.Reason.REMOVED;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.velador.alarms.control.TechnicalAlarms;
import org.velador.alarms.entity.AlarmEvent;
import org.velador.limits.entity.Priority;
import org.velador.platform.control.Sql;

/**
 * Notices instances that are lost, and that they are heard again. Every instance does so after each of its heartbeats; what
 * they do at the same time is done once.
 */
public final class LostInstances {

    private final Connection connection;
    private final TechnicalAlarms alarms;

    public LostInstances(Connection connection) {
        this.connection = connection;
        this.alarms = new TechnicalAlarms(connection, TechnicalAlarms.INSTANCE_LOST);
    }

    /**
     * Raises the alarms of the lost and clears those of the others.
     *
     * @param judge the instance that looks; until it has itself been heard for 15 s it raises nothing: where the whole site was
     *              away, the others may just be about to come back
     * @return the instances of which an alarm was raised
     */
    public List<String> look(String judge) throws SQLException {
        clear("and i.name is not null and not is_lost(i)", HEARD_AGAIN);
        clear("and i.name is null", REMOVED);
        Map<String, OffsetDateTime> lost = new TreeMap<>();
        new Sql().add("""
                select i.name, i.last_seen + interval '15 seconds'
                from instance i, instance judge
                where is_lost(i) and judge.name = ? and judge.heard_since <= now() - interval '15 seconds'""", judge)
                .each(connection, 0, row -> Map.entry(row.getString(1), row.getObject(2, OffsetDateTime.class)),
                        silent -> lost.put(silent.getKey(), silent.getValue()));
        return lost.isEmpty() ? List.of() : alarms.raise(lost, Priority.MEDIUM, NOT_HEARD_OF);
    }

    /** Forgets those that were asked to stop, and ended before they could say so. */
    void forgetDrained() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("delete from instance where state = 'DRAINING' and last_seen < now() - interval '15 seconds'");
        }
    }

    private void clear(String condition, AlarmEvent.Reason reason) throws SQLException {
        List<String> subjects = new Sql().add("""
                select a.subject
                from alarm a left join instance i on i.name = a.subject
                where a.kind = 'TECHNICAL' and a.condition = ? and a.cleared_at is null""", TechnicalAlarms.INSTANCE_LOST)
                .add(condition)
                .list(connection, row -> row.getString(1));
        if (!subjects.isEmpty()) {
            alarms.clear(subjects, reason);
        }
    }
}
