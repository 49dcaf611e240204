package org.velador.measurements.control;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.velador.alarms.control.AlarmDeskInTests;
import org.velador.audit.control.AuditTrailInTests;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestPersistence;

/** An intake on a database of its own, as one instance has it, with three beds in two wards. */
final class Desk implements AutoCloseable {

    static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");

    final DataSource database;
    final TestPersistence persistence;

    Desk() {
        this(TestDatabase.create());
        TestDatabase.execute(database, """
                insert into place (code, ward, kind) values ('ICU-01', 'ICU', 'BED'), ('ICU-02', 'ICU', 'BED'), ('W1-01', 'W1', 'BED')""");
    }

    /** On a database that is there already, without the beds. */
    Desk(DataSource database) {
        this.database = database;
        this.persistence = new TestPersistence(database);
    }

    Receipt take(OffsetDateTime now, List<Draft> drafts) {
        return persistence.transaction(em -> {
            MeasurementIntake intake = new MeasurementIntake();
            intake.em = em;
            intake.audit = AuditTrailInTests.on(em);
            intake.alarms = AlarmDeskInTests.on(em);
            intake.partitions = partitions();
            return intake.take(drafts, now);
        });
    }

    /** Each call in a transaction of its own, as the container does it. */
    MeasurementPartitions partitions() {
        return new MeasurementPartitions() {
            @Override
            public int makeAhead(OffsetDateTime now) {
                return persistence.transaction(em -> {
                    MeasurementPartitions partitions = new MeasurementPartitions();
                    partitions.em = em;
                    return partitions.makeAhead(now);
                });
            }
        };
    }

    Receipt take(Draft... drafts) {
        return take(NOON, List.of(drafts));
    }

    static Draft heartRate(String place, int minute, double value) {
        return new Draft(0, "heart-rate", place, value, null, NOON.plusMinutes(minute), null);
    }

    /** The alarms as anybody sees them, without what depends on the order of arrival: ids and the story. */
    List<String> alarms() {
        return rows("""
                select concat_ws(' ', p.code, v.code, a.priority, to_char(raised_at at time zone 'UTC', 'HH24:MI'),
                       'e' || to_char(escalated_at at time zone 'UTC', 'HH24:MI'), 'c' || to_char(cleared_at at time zone 'UTC', 'HH24:MI'),
                       a.value, a.limit_exceeded)
                from alarm a join place p on p.id = a.place_id join variable v on v.id = a.variable_id
                order by p.code, v.code, a.raised_at""");
    }

    List<String> rows(String sql) {
        try (Connection c = database.getConnection(); Statement s = c.createStatement(); ResultSet r = s.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (r.next()) {
                rows.add(r.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        persistence.close();
    }
}
