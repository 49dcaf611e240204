package org.velador.cluster.gateway;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.velador.cluster.gateway.KongConfig.Route;
import org.velador.cluster.gateway.KongConfig.Upstream;

/**
 * One configuration at work. When another one takes its place, the requests under way finish here, and with the last of them
 * its connections are closed. Made anywhere; all else happens on the event loop.
 */
final class Setup implements AutoCloseable {

    /** A path prefix, and where it leads. */
    record Way(String prefix, Backend backend, Tally tally) {}

    private final KongConfig config;
    private final Balancer balancer;
    private final List<Backend> backends;
    private final List<Way> ways = new ArrayList<>();
    private final List<HealthProbe> probes;
    private final Edge edge;
    private int underWay;
    private boolean retired;

    /** @param tallies gives the tally of a service and a route, which outlives a configuration */
    Setup(KongConfig config, List<InetSocketAddress> targets, EventLoop loop, BiFunction<String, String, Tally> tallies) {
        this.config = config;
        Upstream upstream = config.upstream();
        balancer = new Balancer(upstream.healthchecks().threshold(), targets.stream().map(Target::new).toList());
        backends = config.services().stream()
                .map(service -> new Backend(service, balancer, upstream.healthchecks().passive(), loop))
                .toList();
        probes = balancer.targets().stream()
                .map(target -> new HealthProbe(target, upstream.healthchecks().active(), loop))
                .toList();
        edge = new Edge(config.plugins());
        for (Backend backend : backends) {
            for (Route route : backend.service().routes()) {
                Tally tally = tallies.apply(backend.service().name(), route.name());
                route.paths().forEach(path -> ways.add(new Way(path, backend, tally)));
            }
        }
        ways.sort(Comparator.comparingInt((Way way) -> way.prefix().length()).reversed());
    }

    KongConfig config() {
        return config;
    }

    Balancer balancer() {
        return balancer;
    }

    Edge edge() {
        return edge;
    }

    /** The way with the longest prefix of the path, null for none. */
    Way way(String path) {
        for (Way way : ways) {
            if (path.startsWith(way.prefix())) {
                return way;
            }
        }
        return null;
    }

    /** Begins to look after its targets. */
    void start() {
        probes.forEach(HealthProbe::start);
    }

    /** A request is under way until {@link #end()}. */
    void begin() {
        underWay++;
    }

    void end() {
        if (--underWay == 0 && retired) {
            close();
        }
    }

    /** Another one takes its place. */
    void retire() {
        retired = true;
        probes.forEach(HealthProbe::stop);
        if (underWay == 0) {
            close();
        }
    }

    /** Whether it is retired and its last request has finished. */
    boolean isOver() {
        return retired && underWay == 0;
    }

    /** Lets go of all connections at once. */
    @Override
    public void close() {
        backends.forEach(Backend::close);
    }
}
