package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.velador.platform.control.DirectDatabase;
import org.velador.platform.control.Migrations;
import org.velador.platform.control.SchemaCurrent;

/**
 * Verifies all histories, again and again: an hour after one sweep has begun the next one does. Each instance tries every ten seconds to
 * go on with it; the row of the sweep lets one, which works for two seconds and then leaves the rest to whoever is next. So an
 * instance that is lost takes nothing with it, and a sweep takes a fifth of one core at the most.
 *
 * <p>Its connection is its own: the pool's are for requests, and end a statement after two and a half seconds.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class HistorySweep {

    private static final Duration AT_A_TIME = Duration.ofSeconds(2);
    private static final int ANSWER_SECONDS = 30;
    private static final Logger LOG = Logger.getLogger(HistorySweep.class.getName());

    /** So that an outage is told once. */
    private static final AtomicBoolean FAILING = new AtomicBoolean();

    private final DataSource database = DirectDatabase.as("velador-integrity", ANSWER_SECONDS);

    @Inject
    private Signatures signatures;

    @EJB
    private Migrations migrations;

    /** Before anybody reads: heads that the migration has made are signed by the first instance that can. */
    public void atStart(@Observes SchemaCurrent event) throws SQLException {
        if (!signatures.isPossible()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            int signed = new HistoryRows(connection).signHeadsOfMigration(signatures);
            connection.commit();
            if (signed > 0) {
                LOG.log(Level.INFO, "The histories of {0} patients are from before signing: signed for as they stand now.", signed);
            }
        }
    }

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    void everyTenSeconds() {
        if (!signatures.isPossible() || !migrations.schemaIsCurrent()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            goOn(connection);
            FAILING.set(false);
        } catch (SQLException | RuntimeException e) {
            // A timer that fails twice is given up by the server.
            LOG.log(FAILING.getAndSet(true) ? Level.FINE : Level.WARNING, "Histories could not be verified, trying again in ten seconds: {0}", e.getMessage());
        }
    }

    private void goOn(Connection connection) throws SQLException {
        SweepRows sweep = new SweepRows(connection, signatures);
        connection.setAutoCommit(false);
        sweep.beginWhenDue();
        connection.commit();
        long end = System.nanoTime() + AT_A_TIME.toNanos();
        while (System.nanoTime() < end && sweep.goOn()) {
            connection.commit();
        }
        connection.commit();
    }
}
