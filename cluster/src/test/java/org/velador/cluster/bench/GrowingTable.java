package org.velador.cluster.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Measurements made inside the database: 40 beds of four wards, eight signals each, one every five minutes, from now back
 * into the past, so that a bigger table is a longer history and not a busier day.
 */
final class GrowingTable {

    static final Duration EVERY = Duration.ofMinutes(5);
    static final int WARDS = 4;
    static final int BEDS = 10;

    private static final int PAIRS = WARDS * BEDS * Signal.values().length;

    private final Connection database;
    private final Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private Instant begin = end;
    private long rows;

    GrowingTable(Connection database) throws SQLException {
        this.database = database;
        for (int ward = 1; ward <= WARDS; ward++) {
            Beds.make(database, "WARD" + ward, BEDS);
        }
        Beds.make(database, "FAST", 1);
    }

    Instant end() {
        return end;
    }

    long rows() {
        return rows;
    }

    /** Lets a patient lie in a bed for a time, without end when there is none. */
    void admit(String mrn, String place, Instant from, Instant to) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("""
                with admitted as (insert into patient (mrn, name, sex) values (?, ?, 'UNKNOWN') returning id)
                insert into stay (patient_id, place_id, admitted_at, discharged_at)
                select admitted.id, place.id, ?, ? from admitted, place where place.code = ?""")) {
            insert.setString(1, mrn);
            insert.setString(2, "Patient " + mrn);
            insert.setObject(3, from.atOffset(ZoneOffset.UTC));
            insert.setObject(4, to == null ? null : to.atOffset(ZoneOffset.UTC));
            insert.setString(5, place);
            insert.executeUpdate();
        }
    }

    /** Adds history until there are as many rows, a day or less at a time. */
    void growTo(long wanted) throws SQLException {
        while (wanted - rows >= PAIRS) {
            long steps = Math.min((wanted - rows) / PAIRS, Duration.ofDays(1).dividedBy(EVERY));
            Instant from = begin.minus(EVERY.multipliedBy(steps));
            rows += fill("p.ward like 'WARD%'", from, begin, EVERY);
            begin = from;
        }
        analyze();
    }

    /** A bed whose monitor delivers every second, for a day. */
    void addFastDay() throws SQLException {
        rows += fill("p.ward = 'FAST' and v.code = 'heart-rate'", end.minus(Duration.ofDays(1)), end, Duration.ofSeconds(1));
        analyze();
    }

    private long fill(String which, Instant from, Instant to, Duration every) throws SQLException {
        try (PreparedStatement partitions = database.prepareStatement("select begin_measurement_weeks(?)")) {
            partitions.setObject(1, utc(from));
            partitions.execute();
        }
        try (PreparedStatement insert = database.prepareStatement("""
                insert into measurement (place_id, variable_id, taken_at, received_at, value, late, device)
                select p.id, v.id, t, t + interval '1 second', (v.plausible_low + v.plausible_high) / 2 + 5 * sin(extract(epoch from t) / 3600),
                       false, 'monitor-' || p.code
                from generate_series(?::timestamptz + ?::interval, ?::timestamptz, ?::interval) as t, place p, variable v
                where %s and v.code = any (?)
                order by t""".formatted(which))) {
            String step = every.toSeconds() + " seconds";
            insert.setObject(1, utc(from));
            insert.setString(2, step);
            insert.setObject(3, utc(to));
            insert.setString(4, step);
            insert.setArray(5, database.createArrayOf("text",
                    java.util.Arrays.stream(Signal.values()).map(signal -> signal.code).toArray()));
            return insert.executeUpdate();
        }
    }

    private void analyze() throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    insert into latest_measurement (place_id, variable_id, taken_at, received_at, value, late, device)
                    select distinct on (place_id, variable_id) place_id, variable_id, taken_at, received_at, value, late, device
                    from measurement
                    where taken_at > '%s'
                    order by place_id, variable_id, taken_at desc
                    on conflict do nothing""".formatted(end.minus(Duration.ofHours(1))));
            for (String table : new String[] {"measurement", "latest_measurement", "place", "stay", "patient"}) {
                statement.execute("analyze " + table);
            }
        }
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
