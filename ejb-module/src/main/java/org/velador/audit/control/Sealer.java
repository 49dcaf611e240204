package org.velador.audit.control;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.InvalidKeyException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.velador.platform.control.DirectDatabase;
import org.velador.platform.control.Keystore;
import org.velador.platform.control.Migrations;
import org.velador.platform.control.SchemaCurrent;
import org.velador.site.control.ThisInstance;

/**
 * Seals every second what this instance has noted, every five seconds what lost instances have left, and signs a checkpoint every
 * minute; and all of it once more when the instance stops in order. No request waits for any of it.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Sealer {

    private static final int LOOK_AFTER_OTHERS = 5;
    private static final int SIGN = 60;
    private static final int LAST_SEALING_SECONDS = 10;

    private static final Logger LOG = Logger.getLogger(Sealer.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Resource(lookup = Migrations.DATA_SOURCE)
    private DataSource database;

    @EJB
    private Keystore keystore;

    @Inject
    private ThisInstance self;

    private Checkpoints checkpoints;
    private ScheduledFuture<?> ticks;
    private long tick;
    private boolean stopped;
    private String lastFailure = "";

    /** From here on there are tables to write to. */
    public synchronized void atStart(@Observes SchemaCurrent event) {
        if (ticks == null) {
            checkpoints = new Checkpoints(self.name());
            ticks = executor.scheduleWithFixedDelay(this::everySecond, 1, 1, TimeUnit.SECONDS);
        }
    }

    private synchronized void everySecond() {
        if (stopped) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            Sealing sealing = new Sealing(connection, self.name());
            sealing.own();
            if (tick % LOOK_AFTER_OTHERS == 0) {
                int sealed = sealing.abandoned();
                if (sealed > 0) {
                    LOG.log(Level.INFO, "Entries of the audit sealed that other instances had left behind: {0}.", sealed);
                }
            }
            if (tick % SIGN == 0) {
                sign(connection);
            }
            tick++;
            lastFailure = "";
        } catch (SQLException | RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
                lastFailure = String.valueOf(e.getMessage());
                LOG.log(Level.WARNING, "The audit cannot be sealed, trying every second: {0}", lastFailure);
            }
        }
    }

    private void sign(Connection connection) throws SQLException {
        if (!keystore.isThere()) {
            return;
        }
        try {
            checkpoints.sign(connection, keystore.signingKeyId(), keystore.signingKey())
                    .ifPresent(broken -> LOG.log(Level.SEVERE, "{0} Nothing is signed any more (expected: that ''velador audit verify'' finds nothing).", broken));
        } catch (InvalidKeyException e) {
            LOG.log(Level.SEVERE, "The audit cannot be signed with the key {0}: {1}", new Object[] {keystore.signingKeyId(), e.getMessage()});
        }
    }

    /** The pool may be gone already. */
    @PreDestroy
    synchronized void stop() {
        stopped = true;
        if (ticks == null) {
            return;
        }
        ticks.cancel(false);
        try (Connection connection = DirectDatabase.as("velador-audit", LAST_SEALING_SECONDS).getConnection()) {
            new Sealing(connection, self.name()).own();
            sign(connection);
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.WARNING, "The end of the audit is sealed by the next start, or another instance: {0}", e.getMessage());
        }
    }
}
