package org.velador.alarms.control;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
 * A part of the past that new measurements can have changed: from the last measurement inside the limits before some of them to
 * the first one inside the limits after these. What lies beyond is separated from them by these two.
 *
 * @param measurements ordered by takenAt
 */
record Stretch(WatchedPair pair, List<Assessed> measurements) {

    /** Further apart than this, what lies between two new measurements is not read without need. */
    private static final Duration APART = Duration.ofMinutes(1);

    /** New measurements of a pair without a long gap, and those of the pair beside them: null when there are none. */
    private record Run(WatchedPair pair, OffsetDateTime before, OffsetDateTime first, OffsetDateTime last, OffsetDateTime after) {
    }

    /**
     * The stretches of each pair that there is news of, ordered by time, read by one statement. Where no measurement inside the
     * limits lies between two runs, they have one stretch; nobody looks further than to the next run for it, so that no gap is
     * read more than twice. Each {@code offset 0} keeps PostgreSQL from making a join of all measurements out of it: pair by pair
     * it stays in the primary key.
     */
    static Map<WatchedPair, List<Stretch>> around(Connection connection, List<News> news) throws SQLException {
        Map<WatchedPair, List<Stretch>> stretches = new LinkedHashMap<>();
        if (news.isEmpty()) {
            return stretches;
        }
        List<Run> runs = news.stream().flatMap(n -> runs(n).stream()).toList();
        List<WatchedPair> pairs = runs.stream().map(Run::pair).toList();
        List<Row> rows = new Sql().add("""
                select s.place_id, s.variable_id, lower(s.time), m.taken_at, m.value, m.priority, m.limit_exceeded
                from (
                    select n.place_id, n.variable_id, unnest(range_agg(s.time)) as time
                    from unnest(?::int[], ?::int[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
                      as n (place_id, variable_id, before, first, last, after)
                    cross join lateral (
                        select tstzrange(
                            coalesce((
                                select taken_at from measurement
                                where place_id = n.place_id and variable_id = n.variable_id
                                  and taken_at >= n.before and taken_at < n.first and priority is null
                                order by taken_at desc limit 1), n.before),
                            coalesce((
                                select taken_at from measurement
                                where place_id = n.place_id and variable_id = n.variable_id
                                  and taken_at > n.last and taken_at <= n.after and priority is null
                                order by taken_at limit 1), n.after), '[]') as time
                        offset 0) s
                    group by n.place_id, n.variable_id) s
                cross join lateral (
                    select taken_at, value, priority, limit_exceeded
                    from measurement
                    where place_id = s.place_id and variable_id = s.variable_id and taken_at between lower(s.time) and upper(s.time)
                    offset 0) m
                order by s.place_id, s.variable_id, m.taken_at""",
                WatchedPair.placeIds(pairs), WatchedPair.variableIds(pairs),
                times(runs, Run::before, "-infinity"), times(runs, Run::first), times(runs, Run::last), times(runs, Run::after, "infinity"))
                .list(connection, Row::read);
        Row previous = null;
        for (Row row : rows) {
            List<Stretch> ofPair = stretches.computeIfAbsent(row.pair(), pair -> new ArrayList<>());
            if (previous == null || !previous.isBeside(row)) {
                ofPair.add(new Stretch(row.pair(), new ArrayList<>()));
            }
            ofPair.get(ofPair.size() - 1).measurements().add(row.measurement());
            previous = row;
        }
        return stretches;
    }

    private static List<Run> runs(News n) {
        List<Run> runs = new ArrayList<>();
        List<Assessed> all = n.measurements();
        OffsetDateTime before = null;
        int first = 0;
        for (int i = 1; i <= all.size(); i++) {
            OffsetDateTime last = all.get(i - 1).takenAt();
            OffsetDateTime next = i == all.size() ? null : all.get(i).takenAt();
            if (next == null || last.plus(APART).isBefore(next)) {
                runs.add(new Run(n.pair(), before, all.get(first).takenAt(), last, next));
                before = last;
                first = i;
            }
        }
        return runs;
    }

    OffsetDateTime first() {
        return measurements.get(0).takenAt();
    }

    OffsetDateTime last() {
        return measurements.get(measurements.size() - 1).takenAt();
    }

    /** As PostgreSQL reads them in an array; the driver has none of times. */
    static <T> String[] times(Collection<T> things, Function<T, OffsetDateTime> which) {
        return times(things, which, null);
    }

    private static <T> String[] times(Collection<T> things, Function<T, OffsetDateTime> which, String none) {
        return things.stream().map(which).map(time -> time == null ? none : time.toString()).toArray(String[]::new);
    }

    /** A measurement, and when the stretch that it belongs to begins. */
    private record Row(WatchedPair pair, OffsetDateTime begin, Assessed measurement) {

        static Row read(ResultSet row) throws SQLException {
            Priority priority = Priority.ofRank((Number) row.getObject(6));
            return new Row(new WatchedPair(row.getInt(1), row.getInt(2)), row.getObject(3, OffsetDateTime.class), new Assessed(
                    row.getObject(4, OffsetDateTime.class),
                    row.getDouble(5),
                    priority == null ? null : new Breach(priority, row.getDouble(7))));
        }

        boolean isBeside(Row other) {
            return pair.equals(other.pair) && begin.equals(other.begin);
        }
    }
}
