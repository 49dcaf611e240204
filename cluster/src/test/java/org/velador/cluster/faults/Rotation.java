package org.velador.cluster.faults;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.velador.cluster.gateway.TargetStatus;
import org.velador.cluster.site.InstanceProcess;
import org.velador.cluster.site.Site;

/** Watches which instances the gateway has in rotation, and remembers when that changed. */
final class Rotation implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    /** @param at by {@link System#nanoTime()} */
    private record Change(InetSocketAddress target, boolean in, long at, String reason) {}

    private final Site site;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private final Map<InetSocketAddress, Boolean> state = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    private Rotation(Site site) {
        this.site = site;
    }

    static Rotation watch(Site site) {
        Rotation rotation = new Rotation(site);
        rotation.looks.scheduleWithFixedDelay(rotation::look, 0, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        return rotation;
    }

    private void look() {
        try {
            look(site.gateway().targets());
        } catch (RuntimeException restarting) {
            // Kong's Admin API goes and comes with Kong.
        }
    }

    private synchronized void look(List<TargetStatus> targets) {
        long now = System.nanoTime();
        for (TargetStatus target : targets) {
            Boolean before = state.put(target.address(), target.healthy());
            if (before == null || before != target.healthy()) {
                changes.add(new Change(target.address(), target.healthy(), now, target.reason()));
                notifyAll();
            }
        }
    }

    /** Waits until the instance is out; returns when it went out for the first time since, by {@link System#nanoTime()}. */
    long awaitOut(InstanceProcess instance, long since, Duration within) throws InterruptedException {
        return await(instance, false, since, within);
    }

    /** The same for its return. */
    long awaitIn(InstanceProcess instance, long since, Duration within) throws InterruptedException {
        return await(instance, true, since, within);
    }

    private synchronized long await(InstanceProcess instance, boolean in, long since, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            for (Change change : changes) {
                if (change.target.equals(instance.address()) && change.in == in && change.at >= since) {
                    return change.at;
                }
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new AssertionError("the gateway does not take %s %s rotation within %d s:%n%s".formatted(
                        instance.address(), in ? "into" : "out of", within.toSeconds(), text(since)));
            }
            wait(millis);
        }
    }

    /** Waits until all of them are in rotation. */
    void awaitAllIn(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (!site.gateway().targets().stream().allMatch(TargetStatus::healthy)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not all instances are in rotation after %d s: %s".formatted(within.toSeconds(), site.gateway().targets()));
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** When the last of them went out for the first time since then; null when one of them never did. */
    synchronized Long lastOut(long since) {
        return last(false, since);
    }

    private Long last(boolean in, long since) {
        Map<InetSocketAddress, Long> first = new HashMap<>();
        changes.stream().filter(c -> c.in == in && c.at >= since).forEach(c -> first.putIfAbsent(c.target, c.at));
        return first.size() < state.size() ? null : first.values().stream().max(Long::compare).orElseThrow();
    }

    /** @param from the moment that counts as 0 */
    synchronized String text(long from) {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(String.format(
                    Locale.ROOT, "%+.3f s: %s %s %s%n",
                    (change.at - from) / 1e9, change.target, change.in ? "in" : "out", change.reason));
        }
        return text.toString();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
