package org.velador.measurements.control;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.platform.control.Sql;

/**
 * Makes the weekly partitions of measurements ahead of time, without a gap. Every instance tries; the database lets one make
 * them and the others find them made, so nobody has to be elected.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class MeasurementPartitions {

    static final int WEEKS_AHEAD = 8;

    private static final Logger LOG = Logger.getLogger(MeasurementPartitions.class.getName());

    @PersistenceContext
    EntityManager em;

    /**
     * Makes what is missing from the first week that there is, however long nobody made any, to eight weeks after the given time.
     *
     * @return how many were missing
     */
    public int makeAhead(OffsetDateTime now) throws SQLException {
        int made = new Sql().add("select make_measurement_partitions(?::timestamptz)", now.plusWeeks(WEEKS_AHEAD))
                .list(em.unwrap(Connection.class), row -> row.getInt(1)).get(0);
        if (made > 0) {
            LOG.log(Level.INFO, "Partitions of measurements made for {0} more weeks.", made);
        }
        return made;
    }

    /** The same for whoever cannot wait for it, such as an intake that has found one missing and fails now. */
    @Asynchronous
    public void makeAheadSoon(OffsetDateTime now) {
        try {
            makeAhead(now);
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "A partition of measurements is missing and could not be made: {0}", e.getMessage());
        }
    }
}
