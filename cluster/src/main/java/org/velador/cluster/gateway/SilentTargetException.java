package org.velador.cluster.gateway;

/** A target kept silent for longer than the service's read or write timeout. */
final class SilentTargetException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SilentTargetException() {
        super("the upstream server is timing out", null, false, false);
    }
}
