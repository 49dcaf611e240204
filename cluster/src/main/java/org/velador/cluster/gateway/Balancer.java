package org.velador.cluster.gateway;

import java.util.List;

/**
 * Takes the healthy targets in turn, strictly. When not more than {@code threshold} percent of the targets are healthy it
 * gives none at all: the few that are left would only drown in the load of all.
 */
final class Balancer {

    private final double threshold;
    private final List<Target> targets;
    private int turn;

    Balancer(double threshold, List<Target> targets) {
        this.threshold = threshold;
        this.targets = List.copyOf(targets);
    }

    /** The target whose turn it is, null while the upstream is not available. */
    Target next() {
        if (!available()) {
            return null;
        }
        Target target;
        do {
            target = targets.get(turn);
            turn = (turn + 1) % targets.size();
        } while (!target.healthy());
        return target;
    }

    boolean available() {
        int healthy = 0;
        for (Target target : targets) {
            if (target.healthy()) {
                healthy++;
            }
        }
        return healthy * 100.0 > threshold * targets.size();
    }

    List<Target> targets() {
        return targets;
    }
}
