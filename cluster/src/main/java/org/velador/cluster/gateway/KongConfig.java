package org.velador.cluster.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the gateway takes from Kong's declarative configuration ({@code _format_version} 2.1 or 3.0): one upstream with its
 * targets and health checks, the services that lead to it, and the plugins. Defaults are Kong's own. A count of 0 means "never", an
 * interval of 0 "do not probe".
 *
 * @param upstream the targets and how their health is told
 * @param services at least one, each with at least one route
 * @param plugins what is done at the edge
 */
public record KongConfig(Upstream upstream, List<Service> services, Plugins plugins) {

    public KongConfig {
        services = List.copyOf(services);
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException naming the key that is missing, unknown or of the wrong kind
     */
    public static KongConfig read(Path file) throws IOException {
        return KongYaml.parse(file.getFileName().toString(), Files.readString(file));
    }

    /**
     * Reads the text of a file.
     *
     * @throws IllegalArgumentException naming the key that is missing, unknown or of the wrong kind
     */
    public static KongConfig parse(String yaml) {
        return KongYaml.parse("kong.yml", yaml);
    }

    /** A pool of targets, taken in turn. */
    public record Upstream(String name, HealthChecks healthchecks, List<InetSocketAddress> targets) {

        public Upstream {
            targets = List.copyOf(targets);
        }
    }

    /**
     * How the health of targets is told.
     *
     * @param threshold percent of targets; the upstream is available only while more than this are healthy
     */
    public record HealthChecks(double threshold, Active active, Passive passive) {}

    /** Probes: a GET of {@code httpPath}, answered within {@code timeout}. */
    public record Active(String httpPath, Duration timeout, Healthy healthy, Unhealthy unhealthy) {

        /** Successes in a row that bring a target back, and the pause between probes while it is in rotation. */
        public record Healthy(int successes, Duration interval, Set<Integer> httpStatuses) {}

        /** Failures of each kind that take a target out, and the pause between probes while it is out. */
        public record Unhealthy(Failures failures, Duration interval) {}
    }

    /** What the outcome of ordinary requests says about a target. */
    public record Passive(int successes, Set<Integer> httpStatuses, Failures unhealthy) {}

    /** How many failures of each kind take a target out. */
    public record Failures(int httpFailures, Set<Integer> httpStatuses, int tcpFailures, int timeouts) {}

    /**
     * A way to the upstream.
     *
     * @param host the upstream's name
     * @param retries further tries after the first one failed
     */
    public record Service(String name, String host, Duration connectTimeout, Duration readTimeout, Duration writeTimeout,
                          int retries, List<Route> routes) {

        public Service {
            routes = List.copyOf(routes);
        }
    }

    /** The path prefixes that lead to a service; of several that match the longest wins. */
    public record Route(String name, List<String> paths) {

        public Route {
            paths = List.copyOf(paths);
        }
    }

    /** What is done with every request and its answer, whatever the route; null where kong.yml does not ask for it. */
    public record Plugins(CorrelationId correlationId, SizeLimit sizeLimit, RateLimit rateLimit, Prometheus prometheus) {}

    /**
     * Each request has an id, the client's own or a new one.
     *
     * @param counter whether new ids are one random id and a count, in place of one random id each
     * @param echoDownstream whether the answer carries it too
     */
    public record CorrelationId(String headerName, boolean counter, boolean echoDownstream) {}

    /** The longest body of a request. */
    public record SizeLimit(long bytes) {}

    /**
     * How many requests a client address may make.
     *
     * @param windows at least one, from the shortest to the longest
     * @param hideClientHeaders whether answers keep silent about it
     */
    public record RateLimit(List<Window> windows, boolean hideClientHeaders) {

        public RateLimit {
            windows = List.copyOf(windows);
        }

        /** So many requests in so long. */
        public record Window(Period period, int limit) {}

        /** A length of time that the clock divides into. */
        public enum Period {
            SECOND(1_000),
            MINUTE(60_000),
            HOUR(3_600_000),
            DAY(86_400_000);

            private final long millis;

            Period(long millis) {
                this.millis = millis;
            }

            long millis() {
                return millis;
            }

            /** As kong.yml and the headers of answers name it. */
            String key() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** Which metrics are told. */
    public record Prometheus(boolean statusCodes, boolean latencies, boolean bandwidth, boolean upstreamHealth) {}
}
