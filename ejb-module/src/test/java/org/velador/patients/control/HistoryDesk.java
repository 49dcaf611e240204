package org.velador.patients.control;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.velador.accounts.control.Caller;
import org.velador.audit.control.AuditTrailInTests;
import org.velador.patients.entity.Sex;
import org.velador.platform.control.Keystore;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestPersistence;
import org.velador.platform.control.Time;

/** Histories in a database of their own, and somebody who may do everything to it. */
final class HistoryDesk implements AutoCloseable {

    final DataSource database;
    final Signatures signatures;
    final Caller caller = new Caller();
    private final TestPersistence persistence;

    /** What a facade is asked. */
    interface Call<T, R> {
        R on(T facade) throws Exception;
    }

    HistoryDesk(DataSource database, Keystore keystore) {
        this.database = database;
        this.signatures = new Signatures(keystore);
        this.persistence = new TestPersistence(database);
    }

    static HistoryDesk open(Keystore keystore) {
        return new HistoryDesk(TestDatabase.create(), keystore);
    }

    void patient(String mrn) {
        persistence.transaction(em -> {
            PatientRegister register = new PatientRegister();
            register.em = em;
            register.audit = AuditTrailInTests.on(em);
            register.time = new Time();
            register.signatures = signatures;
            register.caller = caller;
            return register.add(new PatientView(mrn, "Ana", null, Sex.UNKNOWN));
        });
    }

    HistoryEntryView append(String mrn, String text) {
        return append(mrn, new NewHistoryEntry(caller.isKnown() ? null : "RN Okafor", text, OffsetDateTime.parse("2026-03-14T12:00:00.123Z"), null));
    }

    HistoryEntryView append(String mrn, NewHistoryEntry entry) {
        return history(h -> h.append(mrn, entry));
    }

    /** All pages, read to the end, with what was said of each. */
    List<HistoryPage> read(String mrn, int limit) {
        List<HistoryPage> pages = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            pages.add(history(h -> h.list(mrn, from, limit)).page());
            cursor = pages.get(pages.size() - 1).cursor();
        } while (cursor != null);
        return pages;
    }

    HistoryPage page(String mrn) {
        return read(mrn, 1000).get(0);
    }

    String tag(String mrn) {
        return history(h -> h.list(mrn, null, 10)).tag();
    }

    <R> R history(Call<PatientHistory, R> call) {
        return persistence.transaction(em -> {
            PatientHistory history = new PatientHistory();
            history.em = em;
            history.audit = AuditTrailInTests.on(em);
            history.time = new Time();
            history.signatures = signatures;
            history.caller = caller;
            history.watch = new Apart();
            return call.on(history);
        });
    }

    PatientMerge.Merged merge(String mrn, String into) {
        return history(h -> {
            PatientMerge merge = new PatientMerge();
            merge.em = h.em;
            merge.caller = caller;
            merge.history = h;
            merge.audit = h.audit;
            return merge.merge(mrn, into);
        });
    }

    /** In a transaction of its own, as the container has it. */
    private final class Apart extends IntegrityWatch {
        @Override
        public void look(long patientId) {
            persistence.transaction(em -> {
                IntegrityWatch watch = new IntegrityWatch();
                watch.em = em;
                watch.signatures = HistoryDesk.this.signatures;
                watch.look(patientId);
                return null;
            });
        }
    }

    /** Runs a sweep to its end. */
    void sweep() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            SweepRows sweep = new SweepRows(connection, signatures);
            sweep.beginNow();
            while (sweep.goOn()) {
                connection.commit();
            }
            connection.commit();
        }
    }

    void execute(String sql) {
        TestDatabase.execute(database, sql);
    }

    /** The first column of each row. */
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        persistence.close();
    }
}
