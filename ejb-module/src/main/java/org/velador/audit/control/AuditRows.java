package org.velador.audit.control;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.velador.audit.entity.AuditEntry;
import org.velador.audit.entity.Checkpoint;
import org.velador.audit.entity.Head;
import org.velador.platform.control.Sql;

/** Reads and writes the tables of the audit. */
final class AuditRows {

    /** All of an entry, for {@link #entry}. */
    static final String COLUMNS = """
            e.instance, e.number, e.at, e.who, e.roles, e.action, e.method, e.path, e.object, e.patients, e.detail, e.outcome, e.status,
            e.address, e.correlation_id, e.sealed_at, e.sealed_by, encode(e.previous, 'hex') as previous, encode(e.hash, 'hex') as hash""";

    private AuditRows() {
    }

    static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(row.getString("instance"), row.getLong("number"), row.getObject("at", OffsetDateTime.class), row.getString("who"),
                texts(row, "roles"), row.getString("action"), row.getString("method"), row.getString("path"), row.getString("object"),
                texts(row, "patients"), row.getString("detail"), row.getString("outcome"), row.getObject("status", Integer.class),
                row.getString("address"), row.getString("correlation_id"), row.getObject("sealed_at", OffsetDateTime.class),
                row.getString("sealed_by"), row.getString("previous"), row.getString("hash"));
    }

    /** How far each chain goes, in the order of their names. */
    static List<Head> heads(Connection connection) throws SQLException {
        return new Sql().add("select instance, number, encode(hash, 'hex') from audit_chain order by instance collate \"C\"")
                .list(connection, row -> new Head(row.getString(1), row.getLong(2), row.getString(3)));
    }

    /** The hash of an entry as it is stored; null when there is no such entry. */
    static String hash(Connection connection, String instance, long number) throws SQLException {
        List<String> found = new Sql().add("select encode(hash, 'hex') from audit_entry where instance = ? and number = ?", instance, number)
                .list(connection, row -> row.getString(1));
        return found.isEmpty() ? null : found.get(0);
    }

    /** @param condition and order, such as those of one witness by number */
    static Sql checkpoints(String condition, Object... values) {
        return new Sql().add("select witness, number, at, instances, numbers, hashes, previous, key_id, signature from audit_checkpoint")
                .add(condition, values);
    }

    static Checkpoint checkpoint(ResultSet row) throws SQLException {
        List<String> instances = texts(row, "instances");
        List<String> hashes = texts(row, "hashes");
        Long[] numbers = (Long[]) array(row, "numbers");
        List<Head> heads = new ArrayList<>();
        // Somebody may have altered it: what is missing is not made up, and the signature will not fit.
        for (int i = 0; i < Math.min(instances.size(), Math.min(hashes.size(), numbers.length)); i++) {
            heads.add(new Head(instances.get(i), numbers[i], hashes.get(i)));
        }
        return new Checkpoint(row.getString("witness"), row.getLong("number"), row.getObject("at", OffsetDateTime.class), heads,
                row.getString("previous"), row.getString("key_id"), row.getBytes("signature"));
    }

    static void insert(Connection connection, Checkpoint c) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into audit_checkpoint (witness, number, at, instances, numbers, hashes, previous, key_id, signature)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, c.witness());
            insert.setLong(2, c.number());
            insert.setObject(3, c.at());
            insert.setArray(4, connection.createArrayOf("text", c.heads().stream().map(Head::instance).toArray()));
            insert.setArray(5, connection.createArrayOf("int8", c.heads().stream().map(Head::number).toArray()));
            insert.setArray(6, connection.createArrayOf("text", c.heads().stream().map(Head::hash).toArray()));
            insert.setString(7, c.previous());
            insert.setString(8, c.keyId());
            insert.setBytes(9, c.signature());
            insert.executeUpdate();
        }
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) array(row, column));
    }

    private static Object array(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        try {
            return array.getArray();
        } finally {
            array.free();
        }
    }
}
