package org.velador.cluster.gateway;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.velador.cluster.gateway.KongConfig.Failures;

/**
 * One instance behind the gateway and its health: in rotation at first, out after enough failures of a kind, back after
 * enough successes. Successes and failures cancel each other, so only those in a row count. Changed on the event loop only.
 */
final class Target {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final InetSocketAddress address;
    private final String host;
    private final String name;
    private final Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
    private int successes;
    private volatile TargetStatus status;

    Target(InetSocketAddress address) {
        this.address = address;
        host = address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
        name = host + ':' + address.getPort();
        status = new TargetStatus(address, true, "");
    }

    String host() {
        return host;
    }

    int port() {
        return address.getPort();
    }

    InetSocketAddress address() {
        return address;
    }

    /** Address and port, as kong.yml and the Admin API write them. */
    String name() {
        return name;
    }

    TargetStatus status() {
        return status;
    }

    boolean healthy() {
        return status.healthy();
    }

    /** @param needed successes in a row that bring the target back; 0 for never */
    void succeeded(int needed) {
        if (needed == 0 || healthy() && failures.isEmpty()) {
            return;
        }
        if (++successes < needed) {
            return;
        }
        forget();
        if (!healthy()) {
            status = new TargetStatus(address, true, "");
            LOG.info("{} is back", name);
        }
    }

    /** @param limits how many failures of the kind take the target out; 0 for never */
    void failed(Failure kind, Failures limits, String reason) {
        int limit = switch (kind) {
            case HTTP -> limits.httpFailures();
            case TCP -> limits.tcpFailures();
            case TIMEOUT -> limits.timeouts();
        };
        if (limit == 0) {
            return;
        }
        successes = 0;
        if (healthy() && failures.merge(kind, 1, Integer::sum) >= limit) {
            forget();
            status = new TargetStatus(address, false, reason);
            LOG.warn("{} is out: {}", name, reason);
        }
    }

    /** What a person says, through the Admin API; the next probe may say otherwise. */
    void mark(boolean inRotation) {
        forget();
        status = new TargetStatus(address, inRotation, inRotation ? "" : "marked by the Admin API");
        LOG.info("{} is marked {}", name, inRotation ? "healthy" : "unhealthy");
    }

    private void forget() {
        successes = 0;
        failures.clear();
    }
}
