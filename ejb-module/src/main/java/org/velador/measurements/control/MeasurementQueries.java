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
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;

/**
 * Finds measurements. Every query starts at {@code latest_measurement}, which has a row for each variable and place, and goes
 * from there into the history by the primary key, from the newest measurement back: it reads the partition that this is in,
 * and an older one only when that has too few.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class MeasurementQueries {

    private static final int ROWS_IN_MEMORY = 1000;

    /** From here on it is dear to look for as many of each pair. */
    private static final int MANY = 100;

    @PersistenceContext
    EntityManager em;

    /** Newest first. */
    public Page<MeasurementView> find(MeasurementFilter filter, Position after, int limit) throws SQLException {
        List<Found> found = search(filter, after, limit + 1).list(connection(), MeasurementQueries::found);
        Page<Found> page = Page.of(found, limit, f -> f.position().toString());
        return new Page<>(page.items().stream().map(Found::measurement).toList(), page.cursor());
    }

    /** All of them, newest first, handed on as they come from the database. */
    public void export(MeasurementFilter filter, Consumer<MeasurementView> sink) throws SQLException {
        search(filter, null, null).each(connection(), ROWS_IN_MEMORY, MeasurementQueries::found, f -> sink.accept(f.measurement()));
    }

    /**
     * Numbers of measurements stand in the text and are no parameters: so PostgreSQL sees that a plan is as good for any parameters,
     * and keeps it. Making one costs by partition, and more than running it.
     *
     * @param most null: all
     */
    private static Sql search(MeasurementFilter f, Position after, Integer most) {
        Sql sql = new Sql().add("with pair as materialized (");
        if (most == null) {
            addPairs(sql, f);
        } else {
            addNewestPairs(sql, f, after, most);
        }
        sql.add("""
                )
                select v.code, p.code, m.value, v.unit, m.taken_at, m.received_at, m.device, m.late, m.priority,
                       (select o.mrn from stay s join patient o on o.id = s.patient_id
                        where s.place_id = p.id and tstzrange(s.admitted_at, s.discharged_at) @> m.taken_at),
                       m.place_id, m.variable_id
                from pair l
                join variable v on v.id = l.variable_id
                join place p on p.id = l.place_id
                cross join lateral (
                    select m.* from measurement m""");
        addBounds(sql, f, after);
        if (most != null && most > MANY) {
            addNewEnough(sql, f, after, most);
        }
        String limit = most == null ? "" : "limit " + most;
        sql.add(most == null ? "" : "order by m.taken_at desc " + limit);
        return sql.add(") m").add("order by m.taken_at desc, m.place_id, m.variable_id " + limit);
    }

    /** The pairs that may have measurements wanted; those of a patient once for each stay. */
    private static void addPairs(Sql sql, MeasurementFilter f) {
        sql.add("select l.place_id, l.variable_id, l.taken_at");
        sql.add(f.patient() == null ? "" : ", s.admitted_at, s.discharged_at");
        sql.add("""
                from latest_measurement l
                join variable v on v.id = l.variable_id
                join place p on p.id = l.place_id""");
        sql.addIf(f.patient(), "join stay s on s.place_id = l.place_id and s.patient_id = (select id from patient where mrn = ?)");
        sql.add("where l.taken_at is not null");
        sql.addIf(f.variable(), "and v.code = ?");
        sql.addIf(f.place(), "and p.code = ?");
        sql.addIf(f.ward(), "and p.ward = ?");
        sql.addIf(f.from(), "and l.taken_at >= ?");
    }

    /**
     * As many pairs as measurements are wanted, those measured last: any other has as many newer measurements before its own. Of
     * each pair this takes a look at one measurement, and none where its newest is known to be wanted.
     */
    private static void addNewestPairs(Sql sql, MeasurementFilter f, Position after, int most) {
        boolean newestIsWanted = after == null && f.to() == null && f.patient() == null;
        sql.add("select l.place_id, l.variable_id");
        sql.add(newestIsWanted ? ", l.taken_at" : ", m.taken_at");
        sql.add(f.patient() == null ? "" : ", l.admitted_at, l.discharged_at");
        sql.add("from (");
        addPairs(sql, f);
        sql.add(") l");
        if (!newestIsWanted) {
            sql.add("cross join lateral (select m.taken_at from measurement m");
            addBounds(sql, f, after);
            sql.add("order by m.taken_at desc limit 1) m");
        }
        sql.add("order by 3 desc, 1, 2 limit " + most);
    }

    /**
     * Of many measurements each pair has a share, and nobody wants as many of each. There are enough, without any older than this:
     * every pair goes back twice its share, and of the times that they come to this is one that enough pairs reach.
     */
    private static void addNewEnough(Sql sql, MeasurementFilter f, Position after, int most) {
        sql.add("""
                and m.taken_at >= coalesce((
                    select m.taken_at
                    from pair l
                    cross join lateral (
                        select m.taken_at from measurement m""");
        addBounds(sql, f, after);
        sql.add("""
                        order by m.taken_at desc offset (select 2 * %1$d / count(*) from pair) limit 1) m
                    order by m.taken_at desc offset (select %1$d / (2 * %1$d / count(*) + 1) from pair) limit 1), '-infinity')""".formatted(most));
    }

    /** Which measurements of a pair are wanted. Bounds, not conditions with "or": the index begins at them, however long ago. */
    private static void addBounds(Sql sql, MeasurementFilter f, Position after) {
        sql.add("where m.place_id = l.place_id and m.variable_id = l.variable_id and m.taken_at <= l.taken_at");
        sql.addIf(f.from(), "and m.taken_at >= ?");
        sql.addIf(f.to(), "and m.taken_at < ?");
        if (after != null) {
            sql.add("and m.taken_at <= ? and (m.taken_at < ? or (m.place_id, m.variable_id) > (?, ?))",
                    after.takenAt(), after.takenAt(), after.placeId(), after.variableId());
        }
        sql.add(f.patient() == null ? "" : "and m.taken_at >= l.admitted_at and m.taken_at < coalesce(l.discharged_at, 'infinity')");
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
        List<Series.Point> found = new Sql().add("""
                select date_bin(? * interval '1 second', m.taken_at, ?) as bucket, min(m.value), max(m.value), avg(m.value), count(*)
                from measurement m
                where m.variable_id = (select id from variable where code = ?) and m.place_id = (select id from place where code = ?)
                  and m.taken_at >= ? and m.taken_at < ?
                group by bucket
                order by bucket""", bucketSeconds, from, variable, place, from, to)
                .list(connection(), row -> new Series.Point(row.getObject(1, OffsetDateTime.class), row.getDouble(2), row.getDouble(3),
                        row.getDouble(4), row.getLong(5)));
        return new Series(variable, place, units.get(0), from, to, bucketSeconds, found);
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
