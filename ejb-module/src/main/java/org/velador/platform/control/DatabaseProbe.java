package org.velador.platform.control;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Watches whether the database answers: each second by itself, and at once for whoever asks. One answer is waited for 800 ms.
 *
 * <p>It has a connection of its own: a pool that is busy serving says nothing about the database, and a health check
 * that waits in the pool's queue would take a busy instance out of rotation. A restart breaks this connection too, so that none
 * is missed however short it is.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseProbe {

    private static final Logger LOG = Logger.getLogger(DatabaseProbe.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LOOKS_WHILE_AWAY = Duration.ofMillis(200);

    /**
     * How long requests are still refused when the database is back. The pool hands a connection out unchecked for a second after it
     * was checked; past that none is left that an outage has broken and nobody has noticed. The load balancer is told at once: it
     * asks again only after seconds.
     */
    private static final Duration CONVALESCENCE = Duration.ofMillis(1100);

    @Resource
    private ManagedThreadFactory threads;

    private final DataSource database = DirectDatabase.as("velador-health", 1);
    private final Semaphore asked = new Semaphore(0);
    private Thread watch;
    private Connection connection;

    private CompletableFuture<Void> nextLook = new CompletableFuture<>();
    private boolean looking;
    private volatile String failure;
    private volatile long lastFailed = System.nanoTime() - CONVALESCENCE.toNanos();

    @PostConstruct
    void start() {
        watch = threads.newThread(this::watch);
        watch.setName("velador-database-probe");
        watch.start();
    }

    @PreDestroy
    void stop() {
        watch.interrupt();
    }

    /** Why requests cannot be served as far as the last look tells; empty when they can. Costs nothing. */
    public Optional<String> knownFailure() {
        String found = failure;
        if (found == null && System.nanoTime() - lastFailed < CONVALESCENCE.toNanos()) {
            found = "back for less than a second";
        }
        return Optional.ofNullable(found);
    }

    /** Looks anew. Empty when the database answers, else why not, in words without addresses or names. */
    public Optional<String> failure() {
        CompletableFuture<Void> look;
        synchronized (this) {
            if (looking && failure != null) {
                // One that hangs is enough; it ends by its own limits.
                return Optional.of(failure);
            }
            look = nextLook;
        }
        asked.release();
        try {
            look.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.ofNullable(failure);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.of("no answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private void watch() {
        try {
            while (true) {
                look();
                Duration pause = failure == null ? BETWEEN_LOOKS : BETWEEN_LOOKS_WHILE_AWAY;
                // Everybody who asked until now is served by the one look that follows.
                if (asked.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    asked.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            close();
        }
    }

    private void look() {
        CompletableFuture<Void> thisLook;
        synchronized (this) {
            looking = true;
            thisLook = nextLook;
            nextLook = new CompletableFuture<>();
        }
        String found = ask();
        synchronized (this) {
            looking = false;
            tell(found);
            failure = found;
        }
        thisLook.complete(null);
    }

    private void tell(String found) {
        if (failure == null && found != null) {
            LOG.log(Level.WARNING, "The database does not answer: {0}.", found);
        } else if (failure != null && found == null) {
            LOG.info("The database answers.");
        }
    }

    /** Null when it answers. */
    private String ask() {
        long begun = System.nanoTime();
        boolean used = connection != null;
        String found = askOnce();
        if (found != null && used && System.nanoTime() - begun < PATIENCE.toNanos() / 2) {
            // Of before a restart, perhaps, and says nothing of the database that is there now.
            found = askOnce();
        }
        return found;
    }

    private String askOnce() {
        try {
            if (connection == null) {
                connection = database.getConnection();
                connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            }
            try (var statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            return null;
        } catch (SQLException | RuntimeException e) {
            lastFailed = System.nanoTime();
            close();
            return "not reachable";
        }
    }

    private void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is of no use any more either way.
            }
            connection = null;
        }
    }
}
