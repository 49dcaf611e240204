package org.velador.site.control;

import java.util.List;

/**
 * What the load balancer thinks of its targets.
 *
 * @param known   whether it could be asked
 * @param reason  why not; null when it could
 * @param targets empty when it could not
 */
public record LoadBalancerView(boolean known, String reason, List<Target> targets) {

    /**
     * One of them.
     *
     * @param target   host and port
     * @param health   in Kong's words: HEALTHY, UNHEALTHY, DNS_ERROR or HEALTHCHECKS_OFF
     * @param instance name of the instance that listens there; null when none is known
     */
    public record Target(String target, String health, String instance) {
    }

    static LoadBalancerView unknown(String reason) {
        return new LoadBalancerView(false, reason, List.of());
    }
}
