package org.velador.platform.control;

import jakarta.ejb.ApplicationException;

/** Carries a {@link Problem} out of a facade and rolls its transaction back. */
@ApplicationException(rollback = true)
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        // Refusals are ordinary answers: nobody reads their stack traces.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
