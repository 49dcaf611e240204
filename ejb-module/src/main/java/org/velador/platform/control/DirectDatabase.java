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
        return as(System.getenv("VELADOR_DB_USER"), System.getenv("VELADOR_DB_PASSWORD"), applicationName, socketSeconds);
    }

    /** The same as the owner of the schema, which is another role than the application runs as, unless there is only one. */
    static DataSource asOwner(String applicationName, int socketSeconds) {
        return hasOwner() ? as(System.getenv("VELADOR_DB_OWNER"), System.getenv("VELADOR_DB_OWNER_PASSWORD"), applicationName, socketSeconds)
                : as(applicationName, socketSeconds);
    }

    /** Whether the schema belongs to another role than the application runs as. */
    static boolean hasOwner() {
        String owner = System.getenv("VELADOR_DB_OWNER");
        return owner != null && !owner.isBlank() && !owner.equals(System.getenv("VELADOR_DB_USER"));
    }

    private static DataSource as(String user, String password, String applicationName, int socketSeconds) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(System.getenv("VELADOR_DB_URL"));
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(applicationName);
        source.setConnectTimeout(1);
        source.setSocketTimeout(socketSeconds);
        return source;
    }
}
