package org.velador.cluster.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.velador.cluster.gateway.KongConfig.Active;
import org.velador.cluster.gateway.KongConfig.Failures;
import org.velador.cluster.gateway.KongConfig.HealthChecks;
import org.velador.cluster.gateway.KongConfig.Passive;
import org.velador.cluster.gateway.KongConfig.Plugins;
import org.velador.cluster.gateway.KongConfig.Route;
import org.velador.cluster.gateway.KongConfig.Service;
import org.velador.cluster.gateway.KongConfig.Upstream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads kong.yml. Knows exactly the keys that the gateway honours, with Kong's defaults; any other key is refused, because
 * a key that is silently ignored would make the stand-in differ from Kong without anyone noticing.
 */
final class KongYaml {

    private static final Set<Integer> PROBE_HEALTHY = Set.of(200, 302);
    private static final Set<Integer> PROBE_UNHEALTHY = Set.of(429, 404, 500, 501, 502, 503, 504, 505);
    private static final Set<Integer> PASSIVE_HEALTHY = Set.of(
            200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 306, 307, 308);
    private static final Set<Integer> PASSIVE_UNHEALTHY = Set.of(429, 500, 503);

    private KongYaml() {}

    static KongConfig parse(String name, String yaml) {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(name + ": got text that is not YAML, " + e.getMessage(), e);
        }
        YamlSection root = new YamlSection(name + ":", document);
        String version = root.text("_format_version");
        if (!Set.of("2.1", "3.0").contains(version)) {
            root.refuse("_format_version", "2.1 or 3.0");
        }
        List<YamlSection> upstreams = root.sections("upstreams");
        if (upstreams.size() != 1) {
            root.refuse("upstreams", "one upstream");
        }
        Upstream upstream = upstream(upstreams.get(0));
        List<Service> services = root.sections("services").stream().map(s -> service(s, upstream)).toList();
        Plugins plugins = root.has("plugins") ? PluginYaml.plugins(root.sections("plugins")) : PluginYaml.NONE;
        root.end();
        return new KongConfig(upstream, services, plugins);
    }

    private static Upstream upstream(YamlSection section) {
        String name = section.text("name");
        only(section, "algorithm", "round-robin");
        HealthChecks healthchecks = healthchecks(section.section("healthchecks"));
        List<InetSocketAddress> targets = section.sections("targets").stream().map(KongYaml::target).toList();
        section.end();
        return new Upstream(name, healthchecks, targets);
    }

    private static HealthChecks healthchecks(YamlSection section) {
        double threshold = section.number("threshold", 0);
        Active active = active(section.section("active"));
        Passive passive = passive(section.section("passive"));
        section.end();
        return new HealthChecks(threshold, active, passive);
    }

    private static Active active(YamlSection section) {
        only(section, "type", "http");
        String path = section.text("http_path", "/");
        Duration timeout = seconds(section, "timeout", 1);
        if (timeout.isZero()) {
            section.refuse("timeout", "more than 0 seconds");
        }
        YamlSection healthy = section.section("healthy");
        YamlSection unhealthy = section.section("unhealthy");
        Active active = new Active(path, timeout,
                new Active.Healthy(healthy.count("successes", 0), seconds(healthy, "interval", 0),
                        healthy.statuses("http_statuses", PROBE_HEALTHY)),
                new Active.Unhealthy(failures(unhealthy, PROBE_UNHEALTHY), seconds(unhealthy, "interval", 0)));
        healthy.end();
        unhealthy.end();
        section.end();
        return active;
    }

    private static Passive passive(YamlSection section) {
        only(section, "type", "http");
        YamlSection healthy = section.section("healthy");
        YamlSection unhealthy = section.section("unhealthy");
        Passive passive = new Passive(healthy.count("successes", 0),
                healthy.statuses("http_statuses", PASSIVE_HEALTHY), failures(unhealthy, PASSIVE_UNHEALTHY));
        healthy.end();
        unhealthy.end();
        section.end();
        return passive;
    }

    private static Failures failures(YamlSection section, Set<Integer> statuses) {
        return new Failures(section.count("http_failures", 0), section.statuses("http_statuses", statuses),
                section.count("tcp_failures", 0), section.count("timeouts", 0));
    }

    private static InetSocketAddress target(YamlSection section) {
        String target = section.text("target");
        section.end();
        int colon = target.lastIndexOf(':');
        try {
            return new InetSocketAddress(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return section.refuse("target", "address:port");
        }
    }

    private static Service service(YamlSection section, Upstream upstream) {
        String name = section.text("name");
        if (!section.text("host").equals(upstream.name())) {
            section.refuse("host", "the upstream's name, " + upstream.name());
        }
        only(section, "protocol", "http");
        Service service = new Service(name, upstream.name(), millis(section, "connect_timeout"),
                millis(section, "read_timeout"), millis(section, "write_timeout"), section.count("retries", 5),
                section.sections("routes").stream().map(KongYaml::route).toList());
        section.end();
        return service;
    }

    private static Route route(YamlSection section) {
        String name = section.text("name");
        List<String> paths = section.texts("paths");
        if (!paths.stream().allMatch(path -> path.startsWith("/"))) {
            section.refuse("paths", "paths that start with /");
        }
        // Kong would cut the prefix off by default; this gateway passes paths on as they came.
        if (section.flag("strip_path", true) && !paths.equals(List.of("/"))) {
            section.refuse("strip_path", "false");
        }
        if (section.has("protocols") && !section.texts("protocols").contains("http")) {
            section.refuse("protocols", "a list with http");
        }
        // This gateway never keeps an answer back.
        if (section.flag("response_buffering", false)) {
            section.refuse("response_buffering", "false");
        }
        section.end();
        return new Route(name, paths);
    }

    static void only(YamlSection section, String key, String supported) {
        if (!section.text(key, supported).equals(supported)) {
            section.refuse(key, supported);
        }
    }

    private static Duration seconds(YamlSection section, String key, double otherwise) {
        return Duration.ofMillis(Math.round(section.number(key, otherwise) * 1000));
    }

    private static Duration millis(YamlSection section, String key) {
        int millis = section.count(key, 60_000);
        return Duration.ofMillis(millis > 0 ? millis : section.<Integer>refuse(key, "more than 0 milliseconds"));
    }
}
