package org.velador.platform.control;

import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/** What a failure of the database means to a client. */
public final class DatabaseFailure {

    private DatabaseFailure() {
    }

    /** The problem that a failure amounts to when the database is behind it; empty when it is not. */
    public static Optional<Problem> problemOf(Throwable failure) {
        boolean unknownDatabaseTrouble = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OptimisticLockException) {
                return Optional.of(new Problem(412, "stale-version", "Changed in the meantime", "Somebody else changed this at the same time: read it again and repeat the edit."));
            }
            if (cause instanceof SQLException sql) {
                Optional<Problem> known = problemOf(sql);
                if (known.isPresent()) {
                    return known;
                }
            }
            // The pool says so in its own words; a failed commit has no SQLException at all.
            unknownDatabaseTrouble |= cause.getClass().getName().endsWith("PoolingException")
                    || cause instanceof jakarta.resource.ResourceException
                    || cause instanceof jakarta.transaction.RollbackException
                    || cause instanceof jakarta.transaction.SystemException;
        }
        return unknownDatabaseTrouble ? Optional.of(unavailable()) : Optional.empty();
    }

    /** The name of the constraint that a failure says is violated; empty when it says none. */
    public static Optional<String> violatedConstraint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException e && e.getServerErrorMessage() != null) {
                return Optional.ofNullable(e.getServerErrorMessage().getConstraint());
            }
        }
        return Optional.empty();
    }

    /** Whether a row has no partition to go to. PostgreSQL calls that a violated check, but of no constraint. */
    public static boolean isMissingPartition(SQLException e) {
        return "23514".equals(e.getSQLState()) && violatedConstraint(e).isEmpty();
    }

    private static Optional<Problem> problemOf(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return Optional.of(unavailable());
        }
        if (isMissingPartition(e)) {
            return Optional.of(unavailable("The database has no place yet for what was taken at this time: one is being made."));
        }
        return Optional.ofNullable(switch (state) {
            case "23505" -> new Problem(409, "already-exists", "Already exists", "Somebody else created the same at the same time.");
            case "23503" -> new Problem(409, "in-use", "In use", "Something else refers to this.");
            // Serialization failure, deadlock, lock not available, a transaction that paused for too long.
            case "40001", "40P01", "55P03", "25P03" -> unavailable();
            default -> switch (state.substring(0, 2)) {
                // Connection, resources, operator intervention (shutdown, cancelled statement), system error.
                case "08", "53", "57", "58" -> unavailable();
                // Data exception: what no validation caught, such as a character that PostgreSQL cannot hold.
                case "22" -> new Problem(400, "invalid-request", "Invalid request", "A value cannot be stored or searched for: it holds a character or a number that is out of range.");
                default -> null;
            };
        });
    }

    /** The database is away, hangs, or was too slow: the request may be sent again. */
    public static Problem unavailable() {
        return unavailable("The database did not answer in time.");
    }

    private static Problem unavailable(String why) {
        return new Problem(503, "database-unavailable", "Database unavailable",
                why + " Nothing of this request can be relied on as stored: send it again.");
    }
}
