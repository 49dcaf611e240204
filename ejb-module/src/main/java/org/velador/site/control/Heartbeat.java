package org.velador.site.control;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.platform.control.SchemaCurrent;
import org.velador.site.entity.InstanceState;

/**
 * Lets this instance tell of itself: when it becomes ready, every 5 s, when it begins to drain, and, when it stops in order, that
 * there is no more to be told. Nothing of it depends on the database being there: what could not be said is said a second later.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private SiteConnection connection;

    @Inject
    private ThisInstance self;

    @Inject
    private Traffic traffic;

    private ScheduledFuture<?> ticks;
    private InstanceState told;
    private long toldAt;
    private boolean again;
    private boolean stopped;
    private String lastFailure = "";

    /** From here on there is a table to write to. */
    public synchronized void atStart(@Observes SchemaCurrent event) {
        if (ticks == null) {
            ticks = executor.scheduleWithFixedDelay(this::tick, 0, 1, TimeUnit.SECONDS);
        }
    }

    private synchronized void tick() {
        InstanceState state = self.isDraining() ? InstanceState.DRAINING : InstanceState.UP;
        long now = System.nanoTime();
        if (stopped || state == told && now - toldAt < Traffic.WINDOW) {
            return;
        }
        try {
            beat(state, traffic.figures(now));
            told = state;
            toldAt = now;
            lastFailure = "";
        } catch (SQLException | RuntimeException e) {
            told = null;
            if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
                lastFailure = String.valueOf(e.getMessage());
                LOG.log(Level.WARNING, "The site does not hear of this instance, trying every second: {0}", lastFailure);
            }
        }
    }

    private void beat(InstanceState state, Traffic.Figures figures) throws SQLException {
        if (connection.use(c -> new InstanceRows(c).tell(self, state, figures, again))) {
            LOG.log(Level.WARNING, "Another instance uses the name {0} too (expected: a VELADOR_INSTANCE of its own for each).", self.name());
        }
        again = true;
        connection.use(c -> {
            LostInstances lost = new LostInstances(c);
            lost.forgetDrained();
            return lost.look(self.name());
        }).forEach(name -> LOG.log(Level.WARNING, "Instance {0} has not been heard of for 15 s.", name));
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        if (ticks == null) {
            return;
        }
        ticks.cancel(false);
        try {
            connection.use(c -> {
                new InstanceRows(c).remove(self);
                return null;
            });
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The site does not hear that this instance stops: {0}", e.getMessage());
        }
    }
}
