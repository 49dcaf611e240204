package org.velador.platform.control;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the pool, reached past the pool, by those who must not wait for it or must not be hurried by its time limits. */
public final class DirectDatabase {

    private DirectDatabase() {
    }

    /**
     * Opens a connection each time it is asked.
     *
     * @param applicationName what PostgreSQL shows of it
     * @param socketSeconds   longest wait for any answer
     */
    public static DataSource as(String applicationName, int socketSeconds) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(System.getenv("VELADOR_DB_URL"));
        source.setUser(System.getenv("VELADOR_DB_USER"));
        source.setPassword(System.getenv("VELADOR_DB_PASSWORD"));
        source.setApplicationName(applicationName);
        source.setConnectTimeout(1);
        source.setSocketTimeout(socketSeconds);
        return source;
    }
}
