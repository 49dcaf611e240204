package org.velador.platform.control;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks the database whether it answers, within 800 ms whatever state it is in.
 *
 * <p>It has a connection of its own: a pool that is busy serving says nothing about the database, and a health check
 * that waits in the pool's queue would take a busy instance out of rotation.
 */
@ApplicationScoped
public class DatabaseProbe {

    private static final Logger LOG = Logger.getLogger(DatabaseProbe.class.getName());
    private static final long PATIENCE_MS = 800;

    @Resource
    private ManagedExecutorService executor;

    private boolean answered = true;
    private Connection connection;
    private Future<Optional<String>> running;

    /** Empty when the database answers, else why not, in words without addresses or names. */
    public synchronized Optional<String> failure() {
        Optional<String> failure = look();
        if (answered && failure.isPresent()) {
            LOG.log(Level.WARNING, "The database does not answer: {0}.", failure.get());
        } else if (!answered && failure.isEmpty()) {
            LOG.info("The database answers.");
        }
        answered = failure.isEmpty();
        return failure;
    }

    private Optional<String> look() {
        if (running != null && !running.isDone()) {
            // One that hangs is enough; its socket timeout will end it.
            return Optional.of("no answer in time");
        }
        running = executor.submit(this::ask);
        try {
            return running.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of("no answer in time");
        } catch (ExecutionException e) {
            return Optional.of("cannot be asked");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private Optional<String> ask() {
        try {
            if (connection == null) {
                connection = DirectConnection.open("velador-health", 1);
            }
            try (var statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            return Optional.empty();
        } catch (SQLException e) {
            close();
            return Optional.of("not reachable");
        }
    }

    @PreDestroy
    void close() {
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
