package org.velador.patients.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.velador.platform.control.Sql;

/**
 * Histories in the database. Head and entries are read by one statement each time: of two the second might see what was appended after the
 * first, and a history would look tampered with.
 */
record HistoryRows(Connection connection) {

    private static final String COLUMNS = """
            select p.id, h.number, h.hash, h.unsigned, h.key_id, h.signature,
                   e.number, e.author, e.time, e.text, e.corrects, e.recorded_at, e.previous, e.key_id, e.signature
            """;

    private static final OffsetDateTime LATEST = OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime EARLIEST = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    /**
     * A patient's head and some entries, last first.
     *
     * @param head null when there is none
     */
    record Stored(long patientId, HistoryHead head, List<SignedEntry> entries) {
    }

    /**
     * The entries below a number, and those above them that vouch for them: one that is signed, and all between that and the page.
     *
     * @param before the first entry that is not wanted any more; {@link Integer#MAX_VALUE} for the last page
     * @return empty when there is no such patient
     */
    Optional<Stored> below(String mrn, int before, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + """
                from patient p
                left join history_head h on h.patient_id = p.id
                left join lateral (
                    select * from history_entry e
                    where e.patient_id = p.id and e.number <= greatest(?, case when ? <= h.unsigned then h.unsigned + 1 end)
                    order by e.number desc
                    limit ? + greatest(0, h.unsigned + 1 - ?)) e on true
                where p.mrn = ?
                order by e.number desc""")) {
            statement.setInt(1, before);
            statement.setInt(2, before);
            statement.setInt(3, limit + 1);
            statement.setInt(4, before);
            statement.setString(5, mrn);
            return Optional.ofNullable(one(statement));
        }
    }

    /** The end of a history: its head and its last entry. */
    Stored end(long patientId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + """
                from patient p
                left join history_head h on h.patient_id = p.id
                left join lateral (select * from history_entry e where e.patient_id = p.id order by e.number desc limit 1) e on true
                where p.id = ?""")) {
            statement.setLong(1, patientId);
            return one(statement);
        }
    }

    /**
     * Verifies the whole of a history, signature by signature.
     *
     * @param counted told of each entry
     */
    ChainCheck checkAll(long patientId, Signatures.Verifier keys, Consumer<SignedEntry> counted) throws SQLException {
        ChainCheck check = null;
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + """
                from patient p
                left join history_head h on h.patient_id = p.id
                left join history_entry e on e.patient_id = p.id
                where p.id = ?
                order by e.number desc""")) {
            statement.setFetchSize(500);
            statement.setLong(1, patientId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (check == null) {
                        check = new ChainCheck(patientId, head(row), keys, true);
                    }
                    SignedEntry entry = entry(row);
                    if (entry != null) {
                        check.take(entry);
                        counted.accept(entry);
                    }
                }
            }
        }
        if (check == null) {
            throw new IllegalArgumentException("There is no patient with the id " + patientId);
        }
        check.end();
        return check;
    }

    void begin(long patientId, HistoryHead head) throws SQLException {
        write("insert into history_head (number, hash, unsigned, key_id, signature, patient_id) values (?, ?, ?, ?, ?, ?)", patientId, head);
    }

    /** Keeps the new end; a head that somebody has taken away is there again. */
    void moveTo(long patientId, HistoryHead head) throws SQLException {
        if (write("update history_head set number = ?, hash = ?, unsigned = ?, key_id = ?, signature = ? where patient_id = ?", patientId, head) == 0) {
            begin(patientId, head);
        }
    }

    private int write(String sql, long patientId, HistoryHead head) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, head.number());
            statement.setBytes(2, head.hash());
            statement.setInt(3, head.unsigned());
            statement.setString(4, head.keyId());
            statement.setBytes(5, head.signature());
            statement.setLong(6, patientId);
            return statement.executeUpdate();
        }
    }

    void append(long patientId, SignedEntry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into history_entry (patient_id, number, author, time, text, corrects, recorded_at, previous, key_id, signature)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            statement.setLong(1, patientId);
            statement.setInt(2, entry.number());
            statement.setString(3, entry.author());
            statement.setObject(4, entry.time());
            statement.setString(5, entry.text());
            statement.setObject(6, entry.corrects(), java.sql.Types.INTEGER);
            statement.setObject(7, entry.recordedAt());
            statement.setBytes(8, entry.previous());
            statement.setString(9, entry.keyId());
            statement.setBytes(10, entry.signature());
            statement.executeUpdate();
        }
    }

    boolean exists(long patientId, int number) throws SQLException {
        return !new Sql().add("select from history_entry where patient_id = ? and number = ?", patientId, number)
                .list(connection, row -> true).isEmpty();
    }

    /**
     * Signs the heads that the migration has made, with which nobody could have signed them. That is done once: where there is a signed
     * head already, one without a signature is not of the migration.
     *
     * @return how many were signed
     */
    int signHeadsOfMigration(Signatures signatures) throws SQLException {
        new Sql().add("select pg_advisory_xact_lock(hashtext('history_head'))").list(connection, row -> true);
        if (!new Sql().add("select from history_head where signature is not null limit 1").list(connection, row -> true).isEmpty()) {
            return 0;
        }
        List<Stored> heads = new Sql().add("select patient_id, number, hash, unsigned, key_id, signature from history_head order by patient_id")
                .list(connection, row -> new Stored(row.getLong(1), head(row), List.of()));
        for (Stored one : heads) {
            moveTo(one.patientId(), one.head().signedBy(signatures, one.patientId()));
        }
        return heads.size();
    }

    private static Stored one(PreparedStatement statement) throws SQLException {
        long patientId = 0;
        HistoryHead head = null;
        List<SignedEntry> entries = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                patientId = row.getLong(1);
                head = head(row);
                SignedEntry entry = entry(row);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        }
        return patientId == 0 ? null : new Stored(patientId, head, entries);
    }

    private static HistoryHead head(ResultSet row) throws SQLException {
        int number = row.getInt(2);
        return row.wasNull() ? null : new HistoryHead(number, bytes(row, 3), row.getInt(4), row.getString(5), row.getBytes(6));
    }

    /** Null where there is none. What must not be null, and is, has been made so by somebody: it is nothing that was signed. */
    private static SignedEntry entry(ResultSet row) throws SQLException {
        int number = row.getInt(7);
        return row.wasNull() ? null : new SignedEntry(number, text(row, 8), time(row, 9), text(row, 10), row.getObject(11, Integer.class),
                time(row, 12), bytes(row, 13), row.getString(14), row.getBytes(15));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? new byte[0] : bytes;
    }

    /** PostgreSQL knows times without end, which no entry has been given. */
    private static OffsetDateTime time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        if (time == null || time.getYear() < EARLIEST.getYear()) {
            return EARLIEST;
        }
        return time.getYear() > LATEST.getYear() ? LATEST : time;
    }
}
