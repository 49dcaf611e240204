package org.velador.cluster.gateway;

/** The ways in which a target fails, counted apart as Kong does. */
enum Failure {
    /** Answered, with a status that counts as a failure. */
    HTTP,
    /** Refused the connection or closed it without an answer. */
    TCP,
    /** Kept silent for longer than it may. */
    TIMEOUT
}
