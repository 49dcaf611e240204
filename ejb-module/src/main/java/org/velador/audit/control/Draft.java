package org.velador.audit.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * An entry before it is sealed; see {@link org.velador.audit.entity.AuditEntry} for the fields. What a client has sent is made such
 * that it can be stored: nothing that was done must lack its entry for a character in it.
 */
record Draft(String instance, String who, List<String> roles, Action action, String method, String path, String object,
        Collection<String> patients, String detail, Outcome outcome, Integer status, String address, String correlationId) {

    private static final int LONGEST = 200;
    private static final int LONGEST_DETAIL = 2000;

    /** Stores it, in the transaction that the connection is in. */
    void insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into audit_draft (instance, who, roles, action, method, path, object, patients, detail, outcome, status, address, correlation_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, instance);
            insert.setString(2, text(who, LONGEST));
            insert.setArray(3, connection.createArrayOf("text", roles.stream().sorted().toArray()));
            insert.setString(4, action.word());
            insert.setString(5, text(method, LONGEST));
            insert.setString(6, text(path, LONGEST));
            insert.setString(7, text(object, LONGEST));
            insert.setArray(8, connection.createArrayOf("text", patients.stream().map(p -> text(p, LONGEST)).distinct().sorted().toArray()));
            insert.setString(9, text(detail, LONGEST_DETAIL));
            insert.setString(10, outcome.word());
            insert.setObject(11, status == null ? null : status.shortValue(), java.sql.Types.SMALLINT);
            insert.setString(12, text(address, LONGEST));
            insert.setString(13, text(correlationId, LONGEST));
            insert.executeUpdate();
        }
    }

    /** Null for nothing; without control characters and halves of characters, and not longer than that. */
    private static String text(String given, int longest) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        StringBuilder text = new StringBuilder(Math.min(given.length(), longest));
        given.codePoints().limit(longest).map(Draft::printable).forEach(text::appendCodePoint);
        return text.toString();
    }

    private static int printable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c;
    }
}
