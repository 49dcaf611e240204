package org.velador.platform.control;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObserverException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the schema up to date, on whichever instance starts first; the others wait on Flyway's lock and find nothing to do.
 *
 * <p>A database that is not there yet does not stop the start: it is tried again until it comes, and until then the
 * instance is not ready.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@DataSourceDefinition(
        name = Migrations.DATA_SOURCE,
        className = "org.postgresql.ds.PGSimpleDataSource",
        url = "${ENV=VELADOR_DB_URL}",
        user = "${ENV=VELADOR_DB_USER}",
        password = "${ENV=VELADOR_DB_PASSWORD}",
        // None is kept for its own sake: after an outage the pool would fill up before it serves, and each attempt takes its time.
        minPoolSize = 0,
        maxPoolSize = 20,
        properties = {
            // A connection that a restarted database left behind is noticed before it is handed out.
            "fish.payara.is-connection-validation-required=true",
            // By a round trip: the other methods (such as auto-commit) ask the driver only, which does not know yet.
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation",
            "fish.payara.validate-atmost-once-period-in-seconds=1",
            "fish.payara.fail-all-connections=true",
            // Nobody waits for ever: not for a connection, not for a statement, not for a database that hangs.
            // All of it together has to stay below the five seconds that the load balancer waits for an answer.
            "fish.payara.max-wait-time-in-millis=1000",
            // connectTimeout is for TCP alone; a database that hangs lets that through and then says nothing.
            "connectTimeout=1",
            "loginTimeout=1",
            "socketTimeout=3",
            // PostgreSQL gives up before this side does: a client that was cut off leaves nobody waiting for its lock. Nor does an
            // instance that hangs in the middle of a transaction: what it has locked is taken from it.
            "options=-c lock_timeout=2000 -c statement_timeout=2500 -c idle_in_transaction_session_timeout=3000",
            "ApplicationName=velador",
            "prepareThreshold=3"
        })
public class Migrations {

    /** JNDI name of the data source, for every module of the application. */
    public static final String DATA_SOURCE = "java:app/jdbc/velador";

    /** A migration of a table of years may take its time, which the pool's connections have not. */
    private static final int LONGEST_STATEMENT_SECONDS = 1800;

    private static final Logger LOG = Logger.getLogger(Migrations.class.getName());

    @Resource
    private ManagedScheduledExecutorService executor;

    @Inject
    private Event<SchemaCurrent> schemaCurrent;

    private volatile boolean current;
    private ScheduledFuture<?> attempts;
    private String lastFailure = "";

    @PostConstruct
    void start() {
        attempts = executor.scheduleWithFixedDelay(this::migrate, 0, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        attempts.cancel(false);
    }

    /** Whether this instance has seen the schema at the version it was built for. */
    public boolean schemaIsCurrent() {
        return current;
    }

    private void migrate() {
        if (current) {
            return;
        }
        try {
            var result = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(DirectDatabase.asOwner("velador-migrations", LONGEST_STATEMENT_SECONDS))
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            String version = result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion;
            limitTheRunningRole();
            schemaCurrent.fire(new SchemaCurrent(version));
            current = true;
            attempts.cancel(false);
            LOG.log(Level.INFO, "The schema is at version {0}; {1} migrations were due.", new Object[] {version, result.migrationsExecuted});
        } catch (SQLException | FlywayException | EJBException | ObserverException e) {
            String reason = rootCause(e).getMessage();
            if (!reason.equals(lastFailure)) {
                LOG.log(Level.WARNING, "The schema cannot be brought up to date yet, trying every second: {0}", reason);
                lastFailure = reason;
            }
        }
    }

    /** What must not be changed is safe from the application only where that is not the owner. */
    private static void limitTheRunningRole() throws SQLException {
        if (!DirectDatabase.hasOwner()) {
            LOG.warning("The database has one role for everything (expected: VELADOR_DB_OWNER, another than VELADOR_DB_USER): whoever has its password can change records.");
            return;
        }
        String role = System.getenv("VELADOR_DB_USER");
        try (Connection owner = DirectDatabase.asOwner("velador-migrations", LONGEST_STATEMENT_SECONDS).getConnection()) {
            List<String> left = RunningRole.grant(owner, role);
            if (!left.isEmpty()) {
                LOG.log(Level.WARNING, "The role {0} has other rights than it needs; is it a superuser? Without effect: {1}", new Object[] {role, left});
            }
        }
    }

    private static Throwable rootCause(Throwable e) {
        return e.getCause() == null ? e : rootCause(e.getCause());
    }
}
