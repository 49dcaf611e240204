package org.velador.cluster.gateway;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.velador.cluster.gateway.KongConfig.Prometheus;
import org.velador.cluster.gateway.Tally.Source;

/** Writes what the gateway counted in Prometheus' text format, under the names of Kong 3's prometheus plugin. */
final class MetricsText {

    private final StringBuilder text = new StringBuilder();

    static String of(Setup setup, List<Tally> tallies, long requests, int connections) {
        MetricsText metrics = new MetricsText();
        metrics.family("kong_nginx_requests_total", "gauge", "Total number of requests");
        metrics.line("kong_nginx_requests_total{subsystem=\"http\"}", requests);
        metrics.family("kong_nginx_connections_total", "gauge", "Number of connections by state");
        metrics.line("kong_nginx_connections_total{subsystem=\"http\",state=\"active\"}", connections);
        metrics.family("kong_datastore_reachable", "gauge", "Datastore reachable from Kong, 0 is unreachable");
        metrics.line("kong_datastore_reachable", 1);
        Prometheus asked = setup.config().plugins().prometheus();
        if (asked == null) {
            return metrics.text.toString();
        }
        if (asked.statusCodes()) {
            metrics.statuses(tallies);
        }
        if (asked.latencies()) {
            metrics.latency("kong_request_latency_ms", "Total latency of requests", tallies, Tally::request);
            metrics.latency("kong_upstream_latency_ms", "Latency of the targets' answers", tallies, Tally::upstream);
            metrics.latency("kong_kong_latency_ms", "Latency added by the gateway", tallies, Tally::gateway);
        }
        if (asked.bandwidth()) {
            metrics.bandwidth(tallies);
        }
        if (asked.upstreamHealth()) {
            metrics.targets(setup);
        }
        return metrics.text.toString();
    }

    private void statuses(List<Tally> tallies) {
        family("kong_http_requests_total", "counter", "HTTP status codes per service and route");
        for (Tally tally : tallies) {
            for (Source source : Source.values()) {
                for (int status = 0; status < Tally.statuses(); status++) {
                    long count = tally.answers(source, status);
                    if (count > 0) {
                        line("kong_http_requests_total{%s,code=\"%d\",source=\"%s\",consumer=\"\"}".formatted(labels(tally),
                                status, source.name().toLowerCase(Locale.ROOT)), count);
                    }
                }
            }
        }
    }

    private void latency(String name, String help, List<Tally> tallies, Function<Tally, Tally.Latency> which) {
        family(name, "histogram", help);
        for (Tally tally : tallies) {
            Tally.Latency latency = which.apply(tally);
            long count = 0;
            for (int i = 0; i < latency.bounds().length; i++) {
                count += latency.count(i);
                line("%s_bucket{%s,le=\"%d\"}".formatted(name, labels(tally), latency.bounds()[i]), count);
            }
            count += latency.count(latency.bounds().length);
            line("%s_bucket{%s,le=\"+Inf\"}".formatted(name, labels(tally)), count);
            line("%s_count{%s}".formatted(name, labels(tally)), count);
            line("%s_sum{%s}".formatted(name, labels(tally)), latency.sum());
        }
    }

    private void bandwidth(List<Tally> tallies) {
        family("kong_bandwidth_bytes", "counter", "Bytes of bodies per service and route");
        for (Tally tally : tallies) {
            line("kong_bandwidth_bytes{%s,direction=\"ingress\",consumer=\"\"}".formatted(labels(tally)), tally.ingress());
            line("kong_bandwidth_bytes{%s,direction=\"egress\",consumer=\"\"}".formatted(labels(tally)), tally.egress());
        }
    }

    private void targets(Setup setup) {
        family("kong_upstream_target_health", "gauge", "Health of targets; 1 for the state that a target is in");
        for (Target target : setup.balancer().targets()) {
            for (TargetHealth state : TargetHealth.values()) {
                line("kong_upstream_target_health{upstream=\"%s\",target=\"%s\",address=\"%s\",state=\"%s\",subsystem=\"http\"}"
                        .formatted(setup.config().upstream().name(), target.name(), target.name(),
                                state.name().toLowerCase(Locale.ROOT)),
                        TargetHealth.of(target, setup.config()) == state ? 1 : 0);
            }
        }
    }

    private static String labels(Tally tally) {
        return "service=\"" + tally.service() + "\",route=\"" + tally.route() + '"';
    }

    private void family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n')
                .append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String series, long value) {
        text.append(series).append(' ').append(value).append('\n');
    }
}
