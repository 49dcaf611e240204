package org.velador.cluster.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The part of Kong's Admin API that operators use, in Kong's shapes. It runs on the event loop that the requests are on. */
final class AdminApi {

    private static final MediaType PROMETHEUS = MediaType.parse("text/plain; charset=UTF-8; version=0.0.4");
    private static final int WEIGHT = 100;

    private final Configurations configurations;
    private final Server proxy;
    private final String node = UUID.randomUUID().toString();

    /** @param proxy the server that requests to the targets come to */
    AdminApi(Configurations configurations, Server proxy) {
        this.configurations = configurations;
        this.proxy = proxy;
    }

    void onto(ServerBuilder server) {
        server.route().get("/upstreams/{upstream}/health").build((ctx, request) -> health(ctx));
        for (boolean healthy : new boolean[] {true, false}) {
            // POST is Kong 2's method, PUT what Kong 3's own console uses.
            server.route()
                    .path("/upstreams/{upstream}/targets/{target}/" + (healthy ? "healthy" : "unhealthy"))
                    .methods(HttpMethod.POST, HttpMethod.PUT)
                    .build((ctx, request) -> mark(ctx, healthy));
        }
        server.route().post("/config").build((ctx, request) -> config(ctx, request));
        server.route().get("/metrics").build((ctx, request) -> metrics());
        server.route().get("/status").build((ctx, request) -> status());
        server.serviceUnder("/", (ctx, request) -> message(HttpStatus.NOT_FOUND, "Not found"));
    }

    private HttpResponse health(ServiceRequestContext ctx) {
        Setup setup = configurations.current();
        String name = setup.config().upstream().name();
        if (!isNamed(ctx.pathParam("upstream"), name)) {
            return message(HttpStatus.NOT_FOUND, "Not found");
        }
        ObjectNode answer = object();
        if ("1".equals(ctx.queryParam("balancer_health"))) {
            answer.putObject("data")
                    .put("health", TargetHealth.off(setup.config()) ? TargetHealth.HEALTHCHECKS_OFF.name()
                            : setup.balancer().available() ? TargetHealth.HEALTHY.name() : TargetHealth.UNHEALTHY.name())
                    .put("id", id(name));
        } else {
            ArrayNode data = answer.putArray("data");
            setup.balancer().targets().forEach(target -> data.add(target(target, setup.config())));
        }
        answer.putNull("next");
        return json(HttpStatus.OK, answer.put("node_id", node));
    }

    private static ObjectNode target(Target target, KongConfig config) {
        TargetHealth health = TargetHealth.of(target, config);
        ObjectNode told = object();
        ObjectNode data = told.putObject("data").put("host", target.host()).put("port", target.port()).put("dns", "A")
                .put("nodeWeight", WEIGHT);
        boolean available = health == TargetHealth.HEALTHY || health == TargetHealth.HEALTHCHECKS_OFF;
        data.putObject("weight").put("total", WEIGHT).put("available", available ? WEIGHT : 0)
                .put("unavailable", available ? 0 : WEIGHT);
        ArrayNode addresses = data.putArray("addresses");
        if (health != TargetHealth.DNS_ERROR) {
            addresses.addObject().put("ip", target.host()).put("port", target.port()).put("weight", WEIGHT)
                    .put("health", health.name());
        }
        told.putObject("upstream").put("id", id(config.upstream().name()));
        return told.put("id", id(target.name())).put("target", target.name()).put("weight", WEIGHT)
                .put("health", health.name());
    }

    private HttpResponse mark(ServiceRequestContext ctx, boolean healthy) {
        Setup setup = configurations.current();
        if (!isNamed(ctx.pathParam("upstream"), setup.config().upstream().name())) {
            return message(HttpStatus.NOT_FOUND, "Not found");
        }
        if (TargetHealth.off(setup.config())) {
            return message(HttpStatus.BAD_REQUEST, "no healthchecker found for " + setup.config().upstream().name());
        }
        for (Target target : setup.balancer().targets()) {
            if (isNamed(ctx.pathParam("target"), target.name())) {
                target.mark(healthy);
                return HttpResponse.of(HttpStatus.NO_CONTENT);
            }
        }
        return message(HttpStatus.NOT_FOUND, "Not found");
    }

    private HttpResponse config(ServiceRequestContext ctx, HttpRequest request) {
        return HttpResponse.of(ConfigUpload.text(request)
                .thenApplyAsync(KongConfig::parse, ctx.blockingTaskExecutor())
                .thenCompose(config -> configurations.swap(config).thenApply(done -> json(HttpStatus.CREATED, entities(config))))
                .exceptionally(AdminApi::refused));
    }

    private static HttpResponse refused(Throwable cause) {
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        ObjectNode answer = object().put("code", 14).put("name", "invalid declarative configuration")
                .put("message", "declarative config is invalid: " + root.getMessage());
        answer.putObject("fields");
        return json(HttpStatus.BAD_REQUEST, answer);
    }

    private static ObjectNode entities(KongConfig config) {
        ObjectNode answer = object();
        String upstream = config.upstream().name();
        answer.putObject("upstreams").putObject(id(upstream)).put("id", id(upstream)).put("name", upstream);
        ObjectNode services = answer.putObject("services");
        ObjectNode routes = answer.putObject("routes");
        for (KongConfig.Service service : config.services()) {
            services.putObject(id(service.name())).put("id", id(service.name())).put("name", service.name());
            for (KongConfig.Route route : service.routes()) {
                routes.putObject(id(route.name())).put("id", id(route.name())).put("name", route.name())
                        .putObject("service").put("id", id(service.name()));
            }
        }
        return answer;
    }

    private HttpResponse metrics() {
        return HttpResponse.of(HttpStatus.OK, PROMETHEUS, MetricsText.of(configurations.current(), configurations.tallies(),
                configurations.proxy().requests(), proxy.numConnections()));
    }

    private HttpResponse status() {
        ObjectNode answer = object();
        answer.putObject("server").put("connections_active", proxy.numConnections())
                .put("total_requests", configurations.proxy().requests());
        answer.putObject("database").put("reachable", true);
        return json(HttpStatus.OK, answer);
    }

    /** Whether a path names something, by its name or by its id. */
    private static boolean isNamed(String told, String name) {
        return name.equals(told) || id(name).equals(told);
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static HttpResponse message(HttpStatus status, String message) {
        return json(status, object().put("message", message));
    }

    private static HttpResponse json(HttpStatus status, ObjectNode body) {
        return HttpResponse.of(status, MediaType.JSON_UTF_8, body.toString());
    }
}
