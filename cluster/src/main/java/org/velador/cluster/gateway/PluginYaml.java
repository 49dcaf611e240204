package org.velador.cluster.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.velador.cluster.gateway.KongConfig.CorrelationId;
import org.velador.cluster.gateway.KongConfig.Plugins;
import org.velador.cluster.gateway.KongConfig.Prometheus;
import org.velador.cluster.gateway.KongConfig.RateLimit;
import org.velador.cluster.gateway.KongConfig.SizeLimit;

/** Reads the plugins of kong.yml, those that hold for every request: as {@link KongYaml}, what it does not know it refuses. */
final class PluginYaml {

    static final Plugins NONE = new Plugins(null, null, null, null);

    private static final Set<String> KNOWN =
            Set.of("correlation-id", "request-size-limiting", "rate-limiting", "prometheus");

    private PluginYaml() {}

    static Plugins plugins(List<YamlSection> sections) {
        Map<String, YamlSection> configs = new LinkedHashMap<>();
        for (YamlSection section : sections) {
            String name = section.text("name");
            if (!KNOWN.contains(name)) {
                section.refuse("name", "one of correlation-id, request-size-limiting, rate-limiting, prometheus");
            }
            if (configs.put(name, section.section("config")) != null) {
                section.refuse("name", "each plugin once");
            }
            section.end();
        }
        Plugins plugins = new Plugins(
                configs.containsKey("correlation-id") ? correlationId(configs.get("correlation-id")) : null,
                configs.containsKey("request-size-limiting") ? sizeLimit(configs.get("request-size-limiting")) : null,
                configs.containsKey("rate-limiting") ? rateLimit(configs.get("rate-limiting")) : null,
                configs.containsKey("prometheus") ? prometheus(configs.get("prometheus")) : null);
        configs.values().forEach(YamlSection::end);
        return plugins;
    }

    private static CorrelationId correlationId(YamlSection config) {
        String header = config.text("header_name", "Kong-Request-ID");
        if (!header.matches("[A-Za-z0-9-]+")) {
            config.refuse("header_name", "the name of a header");
        }
        String generator = config.text("generator", "uuid#counter");
        if (!Set.of("uuid", "uuid#counter").contains(generator)) {
            config.refuse("generator", "uuid or uuid#counter");
        }
        return new CorrelationId(header, generator.equals("uuid#counter"), config.flag("echo_downstream", false));
    }

    private static SizeLimit sizeLimit(YamlSection config) {
        int size = config.count("allowed_payload_size", 128);
        if (!config.text("size_unit", "megabytes").equals("bytes")) {
            config.refuse("size_unit", "bytes, the unit that means the same to everybody");
        }
        if (config.flag("require_content_length", false)) {
            config.refuse("require_content_length", "false");
        }
        return new SizeLimit(size);
    }

    private static RateLimit rateLimit(YamlSection config) {
        List<RateLimit.Window> windows = new ArrayList<>();
        for (RateLimit.Period period : RateLimit.Period.values()) {
            if (config.has(period.key())) {
                int limit = config.count(period.key(), 0);
                if (limit == 0) {
                    config.refuse(period.key(), "more than 0 requests");
                }
                if (!windows.isEmpty() && limit < windows.get(windows.size() - 1).limit()) {
                    config.refuse(period.key(), "no fewer than in the shorter time before");
                }
                windows.add(new RateLimit.Window(period, limit));
            }
        }
        if (windows.isEmpty()) {
            config.refuse("minute", "a limit for at least one of second, minute, hour, day");
        }
        // Without consumers, who would have to log in at Kong, its limit by consumer is one by address too.
        if (!Set.of("consumer", "ip").contains(config.text("limit_by", "consumer"))) {
            config.refuse("limit_by", "ip or consumer");
        }
        KongYaml.only(config, "policy", "local");
        return new RateLimit(windows, config.flag("hide_client_headers", false));
    }

    private static Prometheus prometheus(YamlSection config) {
        return new Prometheus(config.flag("status_code_metrics", false), config.flag("latency_metrics", false),
                config.flag("bandwidth_metrics", false), config.flag("upstream_health_metrics", false));
    }
}
