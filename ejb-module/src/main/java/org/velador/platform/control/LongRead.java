package org.velador.platform.control;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Gives the statements of a transaction all the time that the load balancer waits for an answer, 5 s, in place of half of it: for
 * what reads much and, unlike what is in everybody's way, may take long. In effect until it is closed.
 */
public final class LongRead implements AutoCloseable {

    private static final int SOCKET_MS = 5000;
    private static final int STATEMENT_MS = 4500;
    private static final int IDLE_MS = 60_000;

    private final Connection connection;
    private final int usual;

    private LongRead(Connection connection) throws SQLException {
        this.connection = connection;
        usual = connection.getNetworkTimeout();
    }

    /** @param connection one in a transaction, to whose end PostgreSQL's limit is bound */
    public static LongRead on(Connection connection) throws SQLException {
        LongRead read = new LongRead(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = " + STATEMENT_MS);
            // It holds no lock that anybody waits for, and its client may take what it reads slowly.
            statement.execute("set local idle_in_transaction_session_timeout = " + IDLE_MS);
        }
        connection.setNetworkTimeout(Runnable::run, SOCKET_MS);
        return read;
    }

    public Connection connection() {
        return connection;
    }

    /** The connection goes back to the pool, and to ordinary statements. */
    @Override
    public void close() throws SQLException {
        if (!connection.isClosed()) {
            connection.setNetworkTimeout(Runnable::run, usual);
        }
    }
}
