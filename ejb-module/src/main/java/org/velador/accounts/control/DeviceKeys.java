package org.velador.accounts.control;

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
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.velador.accounts.entity.Role;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.DatabaseProbe;
import org.velador.platform.control.DirectDatabase;
import org.velador.platform.control.SchemaCurrent;
import org.velador.platform.control.Sql;
import org.velador.platform.control.Time;

/**
 * The keys that are good, in memory, so that a request of a device costs no look at the database. They are read again every two seconds, and at once
 * for a key that is not known yet: a revoked key stops within 5 s everywhere, a new one works immediately.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class DeviceKeys {

    private static final Logger LOG = Logger.getLogger(DeviceKeys.class.getName());
    private static final long BETWEEN_LOOKS_SECONDS = 2;
    private static final int LOOKS_BETWEEN_NOTES = 10;
    private static final int ANSWER_SECONDS = 2;
    private static final long LONGEST_WAIT_MILLIS = 500;

    /** Who guesses keys makes nobody look more often than that, and keeps no more threads waiting than so many. */
    private static final long BETWEEN_LOOKS_FOR_STRANGERS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int STRANGERS = 8;

    /** Longer than a look every two seconds can be late by, unless the database is away. */
    private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(5);

    /** Whose key it is. */
    public record Device(String code, List<String> roles) {
    }

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Time time;

    @Inject
    private DatabaseProbe probe;

    private final Semaphore strangers = new Semaphore(STRANGERS);
    private final ReentrantLock looking = new ReentrantLock();
    private final DataSource database = DirectDatabase.as("velador-device-keys", ANSWER_SECONDS);
    private final Map<String, OffsetDateTime> used = new ConcurrentHashMap<>();
    private volatile Map<ByteBuffer, Device> good = Map.of();
    private volatile long readAt = System.nanoTime() - GOOD_FOR;
    private ScheduledFuture<?> looks;
    private int count;
    private String lastFailure = "";

    /**
     * The device with this key; empty when it is nobody's, or revoked.
     *
     * @throws org.velador.platform.control.ProblemException 503 when that cannot be known now: a good key must not be told that it is none
     */
    public Optional<Device> find(String key) {
        ByteBuffer hash = ByteBuffer.wrap(DeviceKey.hash(key));
        // While the database is away what was known last has to do; nothing is stored then, whoever sends it.
        Device device = isFresh() || probe.knownFailure().isPresent() ? good.get(hash) : null;
        if (device == null) {
            lookAgain();
            device = good.get(hash);
        }
        if (device != null) {
            used.put(device.code(), time.now());
        }
        return Optional.ofNullable(device);
    }

    private boolean isFresh() {
        return System.nanoTime() - readAt < GOOD_FOR;
    }

    /** Looks for a key that was made a moment ago, perhaps: nothing that was read before it came says anything about it. */
    private void lookAgain() {
        long came = System.nanoTime();
        if (probe.knownFailure().isEmpty() && strangers.tryAcquire()) {
            try {
                lookSince(came);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                strangers.release();
            }
        }
        if (!isFresh()) {
            throw DatabaseFailure.unavailable().asException();
        }
    }

    private void lookSince(long moment) throws InterruptedException {
        if (!looking.tryLock(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
        }
        try {
            if (readAt - moment < 0) {
                TimeUnit.NANOSECONDS.sleep(readAt + BETWEEN_LOOKS_FOR_STRANGERS - System.nanoTime());
                read();
            }
        } finally {
            looking.unlock();
        }
    }

    public void atStart(@Observes SchemaCurrent event) {
        look();
        looks = executor.scheduleWithFixedDelay(this::look, BETWEEN_LOOKS_SECONDS, BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        if (looks != null) {
            looks.cancel(false);
            count = 0;
            look();
        }
    }

    private void look() {
        looking.lock();
        try {
            read();
        } finally {
            looking.unlock();
        }
    }

    private void read() {
        long begun = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            if (count++ % LOOKS_BETWEEN_NOTES == 0) {
                noteUse(connection);
            }
            Map<ByteBuffer, Device> found = new HashMap<>();
            new Sql().add("select key_hash, code, roles from device where revoked_at is null").each(connection, 0,
                    row -> Map.entry(ByteBuffer.wrap(row.getBytes(1)), new Device(row.getString(2), Role.names(Role.parse(row.getString(3))))),
                    entry -> found.put(entry.getKey(), entry.getValue()));
            good = found;
            readAt = begun;
            lastFailure = "";
        } catch (SQLException | RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
                lastFailure = String.valueOf(e.getMessage());
                LOG.log(Level.WARNING, "The keys of devices cannot be read, trying again every two seconds: {0}", lastFailure);
            }
        }
    }

    private void noteUse(Connection connection) throws SQLException {
        // In one order, whichever instance: no two wait for each other.
        Map<String, OffsetDateTime> noted = new TreeMap<>(used);
        if (noted.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("update device set last_used_at = greatest(last_used_at, ?) where code = ?")) {
            for (Map.Entry<String, OffsetDateTime> one : noted.entrySet()) {
                statement.setObject(1, one.getValue());
                statement.setString(2, one.getKey());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        noted.forEach(used::remove);
    }
}
