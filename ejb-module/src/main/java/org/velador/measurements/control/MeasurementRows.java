package org.velador.measurements.control;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.postgresql.PGConnection;
import org.velador.alarms.control.WatchedPair;
import org.velador.limits.entity.Breach;
import org.velador.limits.entity.Priority;
import org.velador.platform.control.Time;

/**
 * The set-based statements of the intake. Times travel as microseconds since 1970 and numbers as arrays of primitives: the
 * driver sends these in binary, which ten thousand rows notice.
 */
final class MeasurementRows {

    private final Connection connection;

    MeasurementRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * The newest measurement of a pair before this request.
     *
     * @param takenAt  null when there was none
     * @param breached whether it was beyond a limit
     */
    record Newest(OffsetDateTime takenAt, boolean breached) {

        boolean isNotBefore(OffsetDateTime time) {
            return takenAt != null && !takenAt.isBefore(time);
        }
    }

    /** Locks the pairs, in their order, until the transaction ends: what others do to them comes before or after all of this. */
    Map<WatchedPair, Newest> lock(Collection<WatchedPair> pairs) throws SQLException {
        List<WatchedPair> ordered = new ArrayList<>(new TreeSet<>(pairs));
        Map<WatchedPair, Newest> newest = select(ordered);
        if (newest.size() < ordered.size()) {
            // First measurement ever of some pair.
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into latest_measurement (place_id, variable_id)
                    select p.place_id, p.variable_id from unnest(?::int[], ?::int[]) as p (place_id, variable_id)
                    order by p.place_id, p.variable_id
                    on conflict do nothing""")) {
                setPairs(insert, ordered);
                insert.executeUpdate();
            }
            newest = select(ordered);
        }
        return newest;
    }

    private Map<WatchedPair, Newest> select(List<WatchedPair> ordered) throws SQLException {
        Map<WatchedPair, Newest> newest = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select l.place_id, l.variable_id, l.taken_at, l.priority is not null
                from latest_measurement l
                join unnest(?::int[], ?::int[]) as p (place_id, variable_id) using (place_id, variable_id)
                order by l.place_id, l.variable_id
                for no key update of l""")) {
            setPairs(select, ordered);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    newest.put(new WatchedPair(row.getInt(1), row.getInt(2)),
                            new Newest(row.getObject(3, OffsetDateTime.class), row.getBoolean(4)));
                }
            }
        }
        return newest;
    }

    /** Which of the candidates' moments have a measurement already. */
    Map<Candidate.Key, MeasurementView> stored(List<Candidate> suspects, MeasurementIntake.Context context) throws SQLException {
        if (suspects.isEmpty()) {
            return Map.of();
        }
        Map<Candidate.Key, MeasurementView> stored = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select c.number, m.value, m.received_at, m.device, m.late, m.priority
                from unnest(?::int[], ?::int[], ?::bigint[]) with ordinality as c (place_id, variable_id, taken_at, number)
                join measurement m
                  on m.place_id = c.place_id and m.variable_id = c.variable_id
                 and m.taken_at = timestamptz 'epoch' + c.taken_at * interval '1 microsecond'""")) {
            select.setArray(1, array("int4", suspects.stream().mapToInt(c -> c.place().id()).toArray()));
            select.setArray(2, array("int4", suspects.stream().mapToInt(c -> c.variable().id()).toArray()));
            select.setArray(3, array("int8", suspects.stream().mapToLong(c -> Time.micros(c.takenAt())).toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Candidate c = suspects.get(row.getInt(1) - 1);
                    stored.put(c.key(), new MeasurementView(c.variable().code(), c.place().code(),
                            context.patientAt(c.place().id(), c.takenAt()), row.getDouble(2), c.variable().unit(), c.takenAt(),
                            row.getObject(3, OffsetDateTime.class), row.getString(4), row.getBoolean(5),
                            priorityWord(row.getObject(6, Integer.class))));
                }
            }
        }
        return stored;
    }

    /** One statement, whether it stores one measurement or ten thousand. */
    void insert(List<Candidate.Assessed> measurements, OffsetDateTime now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into measurement (place_id, variable_id, taken_at, received_at, value, late, priority, limit_exceeded, device)
                select m.place_id, m.variable_id, timestamptz 'epoch' + m.taken_at * interval '1 microsecond', ?, m.value, m.late,
                       m.priority, m.limit_exceeded, m.device
                from unnest(?::int[], ?::int[], ?::bigint[], ?::float8[], ?::bool[], ?::int2[], ?::float8[], ?::text[])
                  as m (place_id, variable_id, taken_at, value, late, priority, limit_exceeded, device)""")) {
            bind(insert, measurements, now);
            insert.executeUpdate();
        }
    }

    /** The newest measurement of each pair, where the request brought a newer one. */
    void updateNewest(Map<WatchedPair, List<Candidate.Assessed>> assessed, Map<WatchedPair, Newest> before, OffsetDateTime now)
            throws SQLException {
        List<Candidate.Assessed> newest = new ArrayList<>();
        assessed.forEach((pair, list) -> {
            Candidate.Assessed last = list.get(list.size() - 1);
            if (!before.get(pair).isNotBefore(last.candidate().takenAt())) {
                newest.add(last);
            }
        });
        if (newest.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update latest_measurement l
                set taken_at = timestamptz 'epoch' + m.taken_at * interval '1 microsecond', received_at = ?, value = m.value,
                    late = m.late, priority = m.priority, limit_exceeded = m.limit_exceeded, device = m.device
                from unnest(?::int[], ?::int[], ?::bigint[], ?::float8[], ?::bool[], ?::int2[], ?::float8[], ?::text[])
                  as m (place_id, variable_id, taken_at, value, late, priority, limit_exceeded, device)
                where l.place_id = m.place_id and l.variable_id = m.variable_id""")) {
            bind(update, newest, now);
            update.executeUpdate();
        }
    }

    static MeasurementView view(Candidate.Assessed a, OffsetDateTime receivedAt) {
        Candidate c = a.candidate();
        return new MeasurementView(c.variable().code(), c.place().code(), a.patient(), c.value(), c.variable().unit(), c.takenAt(),
                receivedAt, c.device(), a.late(), a.breach() == null ? null : a.breach().priority().word());
    }

    private void bind(PreparedStatement statement, List<Candidate.Assessed> measurements, OffsetDateTime now) throws SQLException {
        int n = measurements.size();
        int[] places = new int[n];
        int[] variables = new int[n];
        long[] takenAt = new long[n];
        double[] values = new double[n];
        boolean[] late = new boolean[n];
        Short[] priorities = new Short[n];
        Double[] limits = new Double[n];
        String[] devices = new String[n];
        for (int i = 0; i < n; i++) {
            Candidate.Assessed m = measurements.get(i);
            Candidate c = m.candidate();
            Breach breach = m.breach();
            places[i] = c.place().id();
            variables[i] = c.variable().id();
            takenAt[i] = Time.micros(c.takenAt());
            values[i] = c.value();
            late[i] = m.late();
            priorities[i] = breach == null ? null : (short) breach.priority().rank();
            limits[i] = breach == null ? null : breach.limit();
            devices[i] = c.device();
        }
        statement.setObject(1, now);
        statement.setArray(2, array("int4", places));
        statement.setArray(3, array("int4", variables));
        statement.setArray(4, array("int8", takenAt));
        statement.setArray(5, array("float8", values));
        statement.setArray(6, array("bool", late));
        statement.setArray(7, array("int2", priorities));
        statement.setArray(8, array("float8", limits));
        statement.setArray(9, array("text", devices));
    }

    private Array array(String type, Object elements) throws SQLException {
        return connection.unwrap(PGConnection.class).createArrayOf(type, elements);
    }

    private void setPairs(PreparedStatement statement, List<WatchedPair> pairs) throws SQLException {
        statement.setArray(1, array("int4", pairs.stream().mapToInt(WatchedPair::placeId).toArray()));
        statement.setArray(2, array("int4", pairs.stream().mapToInt(WatchedPair::variableId).toArray()));
    }

    private static String priorityWord(Integer rank) {
        return rank == null ? null : Priority.ofRank(rank).word();
    }
}
