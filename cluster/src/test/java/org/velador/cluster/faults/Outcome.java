package org.velador.cluster.faults;

import java.net.http.HttpResponse;

/** What a client learned of a request. */
public enum Outcome {
    /** 2xx: done, and on disk. */
    DONE,
    /** 502: the connection to an instance broke; nobody knows whether it did the work. */
    BAD_GATEWAY,
    /** 503 of an instance, with Retry-After: not now. It may have been stored all the same, when only the answer of the commit was lost. */
    UNAVAILABLE,
    /** 503 of the gateway itself, Kong's "failure to get a peer": no instance has seen it. */
    NO_PEER,
    /** 504: the instance kept silent; it may do the work yet. */
    TIMED_OUT,
    /** No answer: refused, cut off, or nothing for too long. */
    BROKEN,
    /** What must never be said, such as 500. */
    WRONG;

    static Outcome of(HttpResponse<String> answer) {
        int status = answer.statusCode();
        return switch (status) {
            case 200, 201 -> DONE;
            case 502 -> BAD_GATEWAY;
            case 504 -> TIMED_OUT;
            case 503 -> answer.body().contains("failure to get a peer")
                    ? NO_PEER
                    : answer.headers().firstValue("Retry-After").isPresent() ? UNAVAILABLE : WRONG;
            default -> WRONG;
        };
    }

    /** Whether the request may have been carried out although it was not said so. */
    boolean leavesDoubt() {
        return this != DONE && this != NO_PEER;
    }
}
