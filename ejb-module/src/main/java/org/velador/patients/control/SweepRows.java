package org.velador.patients.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.velador.alarms.control.IntegrityAlarms;
import org.velador.platform.control.Sql;

/**
 * Sweeps through all histories, in the database.
 *
 * @param connection in a transaction: its end lets go of the sweep
 */
record SweepRows(Connection connection, Signatures signatures) {

    private static final int PATIENTS_AT_A_TIME = 20;

    private record Unfinished(long id, long lastPatientId) {
    }

    /** Begins a sweep unless one is unfinished, or began within the hour. */
    void beginWhenDue() throws SQLException {
        begin("and not exists (select from integrity_sweep where started_at > now() - interval '1 hour')");
    }

    /** Begins a sweep unless one is unfinished. */
    void beginNow() throws SQLException {
        begin("");
    }

    private void begin(String unless) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into integrity_sweep (started_at, patients)
                select now(), (select count(*) from patient)
                where not exists (select from integrity_sweep where finished_at is null)
                """ + unless + " on conflict do nothing")) {
            statement.executeUpdate();
        }
    }

    /**
     * Verifies the next histories.
     *
     * @return false when there is nothing left to do, or another instance does it
     */
    boolean goOn() throws SQLException {
        List<Unfinished> mine = new Sql().add("select id, last_patient_id from integrity_sweep where finished_at is null for update skip locked")
                .list(connection, row -> new Unfinished(row.getLong(1), row.getLong(2)));
        if (mine.isEmpty()) {
            return false;
        }
        List<Long> patients = new Sql().add("select id from patient where id > ? order by id limit ?", mine.get(0).lastPatientId(), PATIENTS_AT_A_TIME)
                .list(connection, row -> row.getLong(1));
        IntegrityAlarms alarms = new IntegrityAlarms(connection);
        List<Long> whole = new ArrayList<>();
        int[] entries = {0};
        for (long patient : patients) {
            ChainCheck check = new HistoryRows(connection).checkAll(patient, signatures::verifiesAnew, entry -> entries[0]++);
            if (!IntegrityWatch.raise(alarms, patient, check)) {
                whole.add(patient);
            }
        }
        alarms.forget(whole);
        note(mine.get(0).id(), patients, entries[0], patients.size() - whole.size());
        return patients.size() == PATIENTS_AT_A_TIME;
    }

    private void note(long sweep, List<Long> patients, int entries, int findings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update integrity_sweep
                set patients_checked = patients_checked + ?, entries_checked = entries_checked + ?, findings = findings + ?,
                    last_patient_id = greatest(last_patient_id, ?), finished_at = case when ? then clock_timestamp() end
                where id = ?""")) {
            statement.setInt(1, patients.size());
            statement.setInt(2, entries);
            statement.setInt(3, findings);
            statement.setLong(4, patients.isEmpty() ? 0 : patients.get(patients.size() - 1));
            statement.setBoolean(5, patients.size() < PATIENTS_AT_A_TIME);
            statement.setLong(6, sweep);
            statement.executeUpdate();
        }
    }

    /** The newest sweep, and the newest that is finished; fewer where there are not so many yet. */
    List<IntegrityView.Sweep> last() throws SQLException {
        return new Sql().add("""
                (select * from integrity_sweep order by id desc limit 1)
                union
                (select * from integrity_sweep where finished_at is not null order by id desc limit 1)
                order by id desc""").list(connection, SweepRows::view);
    }

    private static IntegrityView.Sweep view(ResultSet row) throws SQLException {
        return new IntegrityView.Sweep(row.getObject("started_at", OffsetDateTime.class), row.getObject("finished_at", OffsetDateTime.class),
                row.getLong("patients"), row.getLong("patients_checked"), row.getLong("entries_checked"), row.getLong("findings"));
    }
}
