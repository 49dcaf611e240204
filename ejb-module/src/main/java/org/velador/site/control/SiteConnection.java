package org.velador.site.control;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.velador.platform.control.DirectDatabase;

/**
 * The one connection over which an instance tells of itself and looks at the site. It is not of the pool, so that a pool that is used up
 * does not make an instance look lost.
 */
@ApplicationScoped
public class SiteConnection {

    private static final int ANSWER_SECONDS = 2;

    private final DataSource database = DirectDatabase.as("velador-site", ANSWER_SECONDS);
    private Connection connection;

    /** What is to be done with the connection; without a transaction of its own each statement is one. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Does it; when it fails the next one gets a new connection. */
    synchronized <T> T use(Work<T> work) throws SQLException {
        boolean kept = connection != null;
        try {
            return attempt(work);
        } catch (SQLException e) {
            if (kept && isCutOff(e)) {
                // By a database that restarted meanwhile, as likely as not.
                return attempt(work);
            }
            throw e;
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        try {
            if (connection == null) {
                connection = database.getConnection();
                try (var statement = connection.createStatement()) {
                    // The database too gives up what nobody waits for any more.
                    statement.execute("set statement_timeout = '" + ANSWER_SECONDS + "s'");
                }
            }
            return work.on(connection);
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private static boolean isCutOff(SQLException e) {
        boolean connectionTrouble = e.getSQLState() != null && (e.getSQLState().startsWith("08") || e.getSQLState().startsWith("57"));
        return connectionTrouble && !(e.getCause() instanceof SocketTimeoutException);
    }

    @PreDestroy
    synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is of no use any more either way.
            }
            connection = null;
        }
    }
}
