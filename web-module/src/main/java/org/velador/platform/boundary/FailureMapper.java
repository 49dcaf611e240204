package org.velador.platform.boundary;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.Problem;
import org.velador.platform.control.ProblemException;

/**
 * Everything else. A database that is away or busy is answered with 503 and Retry-After: the request may be sent again.
 * What is left is a defect of ours: a 500 with a number to find it by in the log.
 */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(FailureMapper.class.getName());

    @Override
    public Response toResponse(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException refused) {
                return ProblemResponse.of(refused.problem());
            }
        }
        Optional<Problem> database = DatabaseFailure.problemOf(e);
        if (database.isEmpty() && e instanceof IOException) {
            return ProblemResponse.of(new Problem(400, "unreadable-body", "Unreadable body",
                    "The body ended early or is not in the character set that it claims to be in (expected: UTF-8)."));
        }
        return ProblemResponse.of(database.orElseGet(() -> {
            String number = UUID.randomUUID().toString();
            LOG.log(Level.SEVERE, "Failure " + number, e);
            return new Problem(500, "internal-error", "Internal error", "This is a defect of ours. In the log it is failure " + number + ".");
        }));
    }
}
