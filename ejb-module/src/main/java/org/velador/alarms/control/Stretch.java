package org.velador.alarms.control;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.velador.alarms.entity.Assessed;
import org.velador.limits.entity.Breach;
import org.velador.limits.entity.Priority;
import org.velador.platform.control.Sql;

/**
 * The part of the past that new measurements can have changed: from the last measurement inside the limits before the first
 * of them to the first one inside the limits after the last of them. What lies beyond is separated from them by these two.
 *
 * @param measurements ordered by takenAt
 */
record Stretch(List<Assessed> measurements) {

    /**
     * The stretch of each pair that there is news of, read by one statement. Each {@code offset 0} keeps PostgreSQL from
     * making a join of all measurements out of it: pair by pair it stays in the primary key.
     */
    static Map<WatchedPair, Stretch> around(Connection connection, List<News> news) throws SQLException {
        Map<WatchedPair, Stretch> stretches = new LinkedHashMap<>();
        if (news.isEmpty()) {
            return stretches;
        }
        List<WatchedPair> pairs = news.stream().map(News::pair).toList();
        new Sql().add("""
                select n.place_id, n.variable_id, m.taken_at, m.value, m.priority, m.limit_exceeded
                from unnest(?::int[], ?::int[], ?::timestamptz[], ?::timestamptz[]) as n (place_id, variable_id, first, last)
                cross join lateral (
                    select coalesce((
                               select taken_at from measurement
                               where place_id = n.place_id and variable_id = n.variable_id and taken_at < n.first and priority is null
                               order by taken_at desc limit 1), '-infinity') as first,
                           coalesce((
                               select taken_at from measurement
                               where place_id = n.place_id and variable_id = n.variable_id and taken_at > n.last and priority is null
                               order by taken_at limit 1), 'infinity') as last
                    offset 0) s
                cross join lateral (
                    select taken_at, value, priority, limit_exceeded
                    from measurement
                    where place_id = n.place_id and variable_id = n.variable_id and taken_at between s.first and s.last
                    offset 0) m
                order by n.place_id, n.variable_id, m.taken_at""",
                WatchedPair.placeIds(pairs), WatchedPair.variableIds(pairs),
                times(news, n -> n.measurements().get(0).takenAt()),
                times(news, n -> n.measurements().get(n.measurements().size() - 1).takenAt()))
                .each(connection, 0, Row::read, row -> stretches
                        .computeIfAbsent(row.pair(), pair -> new Stretch(new ArrayList<>()))
                        .measurements().add(row.measurement()));
        return stretches;
    }

    OffsetDateTime first() {
        return measurements.get(0).takenAt();
    }

    OffsetDateTime last() {
        return measurements.get(measurements.size() - 1).takenAt();
    }

    /** As PostgreSQL reads them in an array; the driver has none of times. */
    static <T> String[] times(Collection<T> things, Function<T, OffsetDateTime> which) {
        return things.stream().map(thing -> which.apply(thing).toString()).toArray(String[]::new);
    }

    private record Row(WatchedPair pair, Assessed measurement) {

        static Row read(ResultSet row) throws SQLException {
            Priority priority = Priority.ofRank((Number) row.getObject(5));
            return new Row(new WatchedPair(row.getInt(1), row.getInt(2)), new Assessed(
                    row.getObject(3, OffsetDateTime.class),
                    row.getDouble(4),
                    priority == null ? null : new Breach(priority, row.getDouble(6))));
        }
    }
}
