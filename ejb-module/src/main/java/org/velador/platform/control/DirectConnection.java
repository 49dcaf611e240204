package org.velador.platform.control;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A connection past the pool, for what must neither wait in its queue nor hang for long: looking after the database and the site. */
public final class DirectConnection {

    private DirectConnection() {
    }

    /**
     * Opens one; takes a second at most, and as long as the answer may take.
     *
     * @param application   what the database shows it as
     * @param answerSeconds after how many seconds without an answer it gives up
     */
    public static Connection open(String application, int answerSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", System.getenv("VELADOR_DB_USER"));
        properties.setProperty("password", System.getenv("VELADOR_DB_PASSWORD"));
        properties.setProperty("ApplicationName", application);
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("socketTimeout", Integer.toString(answerSeconds));
        return DriverManager.getConnection(System.getenv("VELADOR_DB_URL"), properties);
    }
}
