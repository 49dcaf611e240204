package org.velador.measurements.control;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.velador.limits.entity.Priority;
import org.velador.platform.control.LongRead;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;

/** Finds measurements, newest first, the latest of each variable and place, and sums for plots. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class MeasurementQueries {

    private static final int ROWS_IN_MEMORY = 1000;

    @PersistenceContext
    EntityManager em;

    /** Newest first. */
    public Page<MeasurementView> find(MeasurementFilter filter, Position after, int limit) throws SQLException {
        List<Found> found = MeasurementSearch.sql(filter, after, limit + 1).list(connection(), MeasurementQueries::found);
        Page<Found> page = Page.of(found, limit, f -> f.position().toString());
        return new Page<>(page.items().stream().map(Found::measurement).toList(), page.cursor());
    }

    /** All of them, newest first, handed on as they come from the database. */
    public void export(MeasurementFilter filter, Consumer<MeasurementView> sink) throws SQLException {
        try (LongRead read = LongRead.on(connection())) {
            MeasurementSearch.sql(filter, null, null)
                    .each(read.connection(), ROWS_IN_MEMORY, MeasurementQueries::found, f -> sink.accept(f.measurement()));
        }
    }

    /**
     * The newest measurement of each variable at each place, ordered by place and variable.
     *
     * @param ward only there; null for everywhere
     */
    public Page<MeasurementView> latest(String ward, String place, String afterPlaceAndVariable, int limit) throws SQLException {
        Sql sql = new Sql().add("""
                select v.code, p.code, l.value, v.unit, l.taken_at, l.received_at, l.device, l.late, l.priority,
                       (select o.mrn from stay s join patient o on o.id = s.patient_id
                        where s.place_id = p.id and tstzrange(s.admitted_at, s.discharged_at) @> l.taken_at),
                       l.place_id, l.variable_id
                from latest_measurement l
                join variable v on v.id = l.variable_id
                join place p on p.id = l.place_id
                where l.taken_at is not null""");
        sql.addIf(ward, "and p.ward = ?");
        sql.addIf(place, "and p.code = ?");
        if (afterPlaceAndVariable != null) {
            String[] key = afterPlaceAndVariable.split(" ", -1);
            if (key.length != 2) {
                throw Page.invalidCursor(afterPlaceAndVariable);
            }
            sql.add("and (p.code, v.code) > (?, ?)", key[0], key[1]);
        }
        sql.add("order by p.code, v.code limit ?", limit + 1);
        List<MeasurementView> found = sql.list(connection(), row -> found(row).measurement());
        return Page.of(found, limit, m -> m.place() + " " + m.variable());
    }

    /**
     * Buckets for a plot.
     *
     * @param points how many at the most
     * @throws org.velador.platform.control.ProblemException 404 when there is no such variable or place
     */
    public Series series(String variable, String place, OffsetDateTime from, OffsetDateTime to, int points) throws SQLException {
        long bucketSeconds = Math.max(1, (Duration.between(from, to).toSeconds() + points - 1) / points);
        List<String> units = new Sql().add("select unit from variable where code = ?", variable).list(connection(), row -> row.getString(1));
        if (units.isEmpty()) {
            throw Problem.notFound("variable", variable).asException();
        }
        if (new Sql().add("select 1 from place where code = ?", place).list(connection(), row -> 1).isEmpty()) {
            throw Problem.notFound("place", place).asException();
        }
        try (LongRead read = LongRead.on(connection())) {
            return new Series(variable, place, units.get(0), from, to, bucketSeconds,
                    points(read.connection(), variable, place, from, to, bucketSeconds));
        }
    }

    private static List<Series.Point> points(Connection connection, String variable, String place, OffsetDateTime from, OffsetDateTime to,
            long bucketSeconds) throws SQLException {
        return new Sql().add("""
                select date_bin(? * interval '1 second', m.taken_at, ?) as bucket, min(m.value), max(m.value), avg(m.value), count(*)
                from measurement m
                where m.variable_id = (select id from variable where code = ?) and m.place_id = (select id from place where code = ?)
                  and m.taken_at >= ? and m.taken_at < ?
                group by bucket
                order by bucket""", bucketSeconds, from, variable, place, from, to)
                .list(connection, row -> new Series.Point(row.getObject(1, OffsetDateTime.class), row.getDouble(2), row.getDouble(3),
                        row.getDouble(4), row.getLong(5)));
    }

    private Connection connection() {
        return em.unwrap(Connection.class);
    }

    private record Found(MeasurementView measurement, Position position) {
    }

    private static Found found(ResultSet row) throws SQLException {
        OffsetDateTime takenAt = row.getObject(5, OffsetDateTime.class);
        Integer rank = row.getObject(9, Integer.class);
        return new Found(
                new MeasurementView(row.getString(1), row.getString(2), row.getString(10), row.getDouble(3), row.getString(4), takenAt,
                        row.getObject(6, OffsetDateTime.class), row.getString(7), row.getBoolean(8),
                        rank == null ? null : Priority.ofRank(rank).word()),
                new Position(takenAt, row.getInt(11), row.getInt(12)));
    }
}
