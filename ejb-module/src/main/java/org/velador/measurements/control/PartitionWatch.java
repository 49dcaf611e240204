package org.velador.measurements.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.platform.control.SchemaCurrent;
import org.velador.platform.control.Time;

/**
 * Sees to it that there are partitions for the weeks to come: before the instance is ready, and every minute from then on. A look
 * that finds none missing costs the database about a millisecond.
 *
 * <p>It has no transaction of its own: one that the container had to roll back would count as a failure of the timer, and the
 * server gives a timer up that fails twice in a row.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PartitionWatch {

    private static final Logger LOG = Logger.getLogger(PartitionWatch.class.getName());

    @EJB
    private MeasurementPartitions partitions;

    @Inject
    private Time time;

    public void atStart(@Observes SchemaCurrent event) throws SQLException {
        partitions.makeAhead(time.now());
    }

    @Schedule(hour = "*", minute = "*", second = "17", persistent = false)
    void everyMinute() {
        try {
            partitions.makeAhead(time.now());
        } catch (SQLException | RuntimeException e) {
            // Two months of partitions are there: the next minute will do.
            LOG.log(Level.WARNING, "Partitions ahead could not be made, trying again in a minute: {0}", e.getMessage());
        }
    }
}
