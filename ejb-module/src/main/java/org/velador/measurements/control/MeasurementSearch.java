package org.velador.measurements.control;

import org.velador.platform.control.Sql;

/**
 * The statement that searches for measurements, newest first. It starts at {@code latest_measurement}, which has a row for each
 * variable and place, and goes from there into the history by the primary key, from the newest measurement back: it reads the
 * partition that this is in, and an older one only when that has too few.
 */
final class MeasurementSearch {

    /** From here on it is dear to look for as many of each pair. */
    private static final int MANY = 100;

    private MeasurementSearch() {
    }

    /**
     * Numbers of measurements stand in the text and are no parameters: so PostgreSQL sees that a plan is as good for any parameters,
     * and keeps it. Making one costs by partition, and more than running it.
     *
     * @param most null: all
     */
    static Sql sql(MeasurementFilter f, Position after, Integer most) {
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
        addUntil(sql, f, after);
        if (most == null) {
            addSince(sql, f);
            return sql.add(") m order by m.taken_at desc, m.place_id, m.variable_id");
        }
        if (most > MANY) {
            addNewEnough(sql, f, after, most);
        }
        sql.add("order by m.taken_at desc limit " + most).add(") m where true");
        addSince(sql, f);
        return sql.add("order by m.taken_at desc, m.place_id, m.variable_id limit " + most);
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
            addUntil(sql, f, after);
            sql.add("order by m.taken_at desc limit 1) m where true");
            addSince(sql, f);
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
        addUntil(sql, f, after);
        sql.add("""
                        order by m.taken_at desc offset (select 2 * %d / count(*) from pair) limit 1) m
                    where true""".formatted(most));
        addSince(sql, f);
        sql.add("""
                    order by m.taken_at desc offset (select %1$d / (2 * %1$d / count(*) + 1) from pair) limit 1), '-infinity')""".formatted(most));
    }

    /** Until when measurements of a pair are wanted. Bounds, not conditions with "or": the index begins at them, however long ago. */
    private static void addUntil(Sql sql, MeasurementFilter f, Position after) {
        sql.add("where m.place_id = l.place_id and m.variable_id = l.variable_id and m.taken_at <= l.taken_at");
        sql.add(f.patient() == null ? "" : "and m.taken_at < coalesce(l.discharged_at, 'infinity')");
        sql.addIf(f.to(), "and m.taken_at < ?");
        if (after != null) {
            sql.add("and m.taken_at <= ? and (m.taken_at < ? or (m.place_id, m.variable_id) > (?, ?))",
                    after.takenAt(), after.takenAt(), after.placeId(), after.variableId());
        }
    }

    /**
     * Since when. Where a few of the newest are read this stands outside: next to the other bound it lets PostgreSQL think that there
     * are hardly any between the two, and that it may as well read and sort them all.
     */
    private static void addSince(Sql sql, MeasurementFilter f) {
        sql.add(f.patient() == null ? "" : "and m.taken_at >= l.admitted_at");
        sql.addIf(f.from(), "and m.taken_at >= ?");
    }
}
