package org.velador.cluster.gateway;

import org.velador.cluster.gateway.KongConfig.Active;
import org.velador.cluster.gateway.KongConfig.Failures;
import org.velador.cluster.gateway.KongConfig.HealthChecks;

/** The words of Kong's Admin API for the health of a target. */
enum TargetHealth {
    /** Nothing looks after the targets. */
    HEALTHCHECKS_OFF,
    HEALTHY,
    UNHEALTHY,
    /** Its host name has no address. */
    DNS_ERROR;

    static TargetHealth of(Target target, KongConfig config) {
        if (target.address().isUnresolved()) {
            return DNS_ERROR;
        }
        return off(config) ? HEALTHCHECKS_OFF : target.healthy() ? HEALTHY : UNHEALTHY;
    }

    /** Whether neither probes nor requests can tell anything, by Kong's rule. */
    static boolean off(KongConfig config) {
        HealthChecks checks = config.upstream().healthchecks();
        Active active = checks.active();
        Failures passive = checks.passive().unhealthy();
        return active.healthy().interval().isZero() && active.unhealthy().interval().isZero()
                && passive.httpFailures() == 0 && passive.tcpFailures() == 0 && passive.timeouts() == 0;
    }
}
