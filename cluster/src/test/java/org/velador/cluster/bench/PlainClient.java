package org.velador.cluster.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.HdrHistogram.Histogram;
import org.postgresql.PGConnection;

/**
 * What the application is compared with: a client of the database that inserts the same rows as a {@link Feed} sends, of other
 * places, in batches of the same size with a commit after each, and does nothing else.
 */
final class PlainClient {

    private static final String INSERT =
            """
            insert into measurement (place_id, variable_id, taken_at, received_at, value, late, priority, limit_exceeded, device)
            select m.place_id, m.variable_id, timestamptz 'epoch' + m.taken_at * interval '1 microsecond', ?, m.value, m.late,
                   m.priority, m.limit_exceeded, m.device
            from unnest(?::int[], ?::int[], ?::bigint[], ?::float8[], ?::bool[], ?::int2[], ?::float8[], ?::text[])
              as m (place_id, variable_id, taken_at, value, late, priority, limit_exceeded, device)""";

    private final Connection connection;
    private final int[] placeIds;
    private final int[] variableIds;
    private final int size;
    private final Instant from;
    private long sent;

    /** @param variableIds in the order of {@link Signal} */
    PlainClient(Connection connection, int[] placeIds, int[] variableIds, int size, Instant from) {
        this.connection = connection;
        this.placeIds = placeIds;
        this.variableIds = variableIds;
        this.size = size;
        this.from = from;
    }

    /** Inserts until the end, one batch after the other. */
    void run(long end, Histogram latencies) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                bind(insert);
                insert.executeUpdate();
                connection.commit();
                latencies.recordValue((System.nanoTime() - begun) / 1_000);
            }
        }
    }

    private void bind(PreparedStatement insert) throws SQLException {
        int[] places = new int[size];
        int[] variables = new int[size];
        long[] takenAt = new long[size];
        double[] values = new double[size];
        boolean[] late = new boolean[size];
        Short[] priorities = new Short[size];
        Double[] limits = new Double[size];
        String[] devices = new String[size];
        int pairs = placeIds.length * variableIds.length;
        for (int i = 0; i < size; i++, sent++) {
            int pair = (int) (sent % pairs);
            long second = sent / pairs;
            Signal signal = Signal.of(pair);
            boolean breaches = Signal.breaches(pair, second);
            places[i] = placeIds[pair / variableIds.length];
            variables[i] = variableIds[pair % variableIds.length];
            takenAt[i] = (from.getEpochSecond() + second) * 1_000_000;
            values[i] = breaches ? signal.breaching : signal.normal;
            late[i] = true;
            priorities[i] = breaches ? signal.priority : null;
            limits[i] = breaches ? signal.limit : null;
            devices[i] = "monitor-" + places[i];
        }
        PGConnection arrays = connection.unwrap(PGConnection.class);
        insert.setObject(1, OffsetDateTime.now(ZoneOffset.UTC));
        insert.setArray(2, arrays.createArrayOf("int4", places));
        insert.setArray(3, arrays.createArrayOf("int4", variables));
        insert.setArray(4, arrays.createArrayOf("int8", takenAt));
        insert.setArray(5, arrays.createArrayOf("float8", values));
        insert.setArray(6, arrays.createArrayOf("bool", late));
        insert.setArray(7, arrays.createArrayOf("int2", priorities));
        insert.setArray(8, arrays.createArrayOf("float8", limits));
        insert.setArray(9, arrays.createArrayOf("text", devices));
    }
}
