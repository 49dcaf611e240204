package org.velador.cluster.gateway;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The configuration that requests follow, and those whose last requests have not finished yet. */
final class Configurations implements AutoCloseable {

    private final List<InetSocketAddress> targets;
    private final EventLoop loop;
    private final Proxy proxy;
    private final List<Setup> retired = new ArrayList<>();
    private final List<Tally> tallies = new ArrayList<>();
    private volatile Setup current;

    /** @param targets to use in place of those of any configuration */
    Configurations(KongConfig config, List<InetSocketAddress> targets, EventLoop loop) {
        this.targets = List.copyOf(targets);
        this.loop = loop;
        current = new Setup(config, targets, loop, this::tally);
        proxy = new Proxy(current);
    }

    Proxy proxy() {
        return proxy;
    }

    Setup current() {
        return current;
    }

    /** What became of all requests so far, by route; on the event loop only. */
    List<Tally> tallies() {
        return tallies;
    }

    void start() {
        loop.execute(() -> current.start());
    }

    /** Puts another configuration in place; requests under way finish with the one that they began with. */
    CompletableFuture<Void> swap(KongConfig config) {
        return CompletableFuture.runAsync(() -> {
            retired.removeIf(Setup::isOver);
            Setup before = current;
            current = new Setup(config, targets, loop, this::tally);
            proxy.follow(current);
            current.start();
            before.retire();
            retired.add(before);
        }, loop);
    }

    private Tally tally(String service, String route) {
        for (Tally tally : tallies) {
            if (tally.service().equals(service) && tally.route().equals(route)) {
                return tally;
            }
        }
        Tally tally = new Tally(service, route);
        tallies.add(tally);
        return tally;
    }

    /** Ends what is still under way. */
    @Override
    public void close() {
        current.close();
        retired.forEach(Setup::close);
    }
}
