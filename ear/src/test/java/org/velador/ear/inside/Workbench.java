package org.velador.ear.inside;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.velador.platform.control.Migrations;

/** What tests inside need of the application's resources. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Workbench {

    @PersistenceContext(unitName = "velador")
    private EntityManager em;

    @Resource(lookup = Migrations.DATA_SOURCE)
    private DataSource dataSource;

    /** The transaction as the connection under JPA sees it: the one that the facades' SQL runs on. */
    public String transactionBySql() throws SQLException {
        try (PreparedStatement statement = em.unwrap(Connection.class).prepareStatement(TRANSACTION); ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /** The transaction as JPA sees it. */
    public String transactionByJpa() {
        return (String) em.createNativeQuery(TRANSACTION).getSingleResult();
    }

    private static final String TRANSACTION = "select pg_backend_pid() || ' ' || pg_current_xact_id()";

    /** The one number that a query answers, of what is committed. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public long committed(String query, Object... parameters) throws SQLException {
        return Long.parseLong(text(query, parameters));
    }

    /** The same for whatever it answers. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public String text(String query, Object... parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection(); PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** Runs a statement, or several, and commits. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
