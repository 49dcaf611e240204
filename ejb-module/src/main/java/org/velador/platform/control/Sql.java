package org.velador.platform.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A query put together of parts with their parameters, for searches in which each filter may be there or not. A condition
 * that was not asked for is not in the statement, so that PostgreSQL plans for what was asked.
 */
public final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes rows as they come. */
    @FunctionalInterface
    public interface Sink<T> {
        void take(T item);
    }

    public Sql add(String part, Object... values) {
        text.append(part).append('\n');
        parameters.addAll(List.of(values));
        return this;
    }

    /** Adds the part only when its one value is there. */
    public Sql addIf(Object value, String part) {
        return value == null ? this : add(part, value);
    }

    public <T> List<T> list(Connection connection, Row<T> row) throws SQLException {
        List<T> found = new ArrayList<>();
        each(connection, 0, row, found::add);
        return found;
    }

    /**
     * Hands on row after row.
     *
     * @param fetchSize how many rows are in memory at a time; 0 for all
     */
    public <T> void each(Connection connection, int fetchSize, Row<T> row, Sink<T> sink) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            statement.setFetchSize(fetchSize);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sink.take(row.read(rows));
                }
            }
        }
    }
}
