package org.velador.measurements.control;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.platform.control.SchemaCurrent;
import org.velador.platform.control.Sql;
import org.velador.platform.control.Time;

/**
 * Makes the weekly partitions of measurements ahead of time. Every instance tries; the database lets one make each and the
 * others find it made, so nobody has to be elected.
 */
@Stateless
public class MeasurementPartitions {

    static final int WEEKS_BEHIND = 4;
    static final int WEEKS_AHEAD = 8;

    private static final Logger LOG = Logger.getLogger(MeasurementPartitions.class.getName());

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    public void atStart(@Observes SchemaCurrent event) throws SQLException {
        makeAround(time.now());
    }

    @Schedule(hour = "*", minute = "17", persistent = false)
    void hourly() {
        try {
            makeAround(time.now());
        } catch (SQLException | RuntimeException e) {
            // Two months of partitions are there: the next hour will do.
            LOG.log(Level.WARNING, "Partitions ahead could not be made, trying again in an hour: {0}", e.getMessage());
        }
    }

    /** Makes what is missing from four weeks before to eight weeks after the given time. */
    void makeAround(OffsetDateTime now) throws SQLException {
        new Sql().add("""
                select make_measurement_partition(week)
                from generate_series(?::timestamptz, ?::timestamptz, interval '7 days') as week""",
                now.minusWeeks(WEEKS_BEHIND), now.plusWeeks(WEEKS_AHEAD))
                .list(em.unwrap(java.sql.Connection.class), row -> row.getBoolean(1));
    }
}
