package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.velador.cluster.gateway.GatewaySite.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of Kong's Admin API that operators use. */
class AdminApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UUID = "[0-9a-f-]{36}";

    private ThreeInstances three;
    private GatewaySite site;

    @BeforeEach
    void start() throws Exception {
        open(GatewaySite.withoutProbes());
    }

    private void open(String yaml) throws Exception {
        three = new ThreeInstances(yaml);
        site = three.site;
    }

    @AfterEach
    void stop() {
        three.close();
    }

    @Test
    void healthOfAnUpstreamNamesEachTarget() throws Exception {
        JsonNode health = json(site.ask("GET", "upstreams/velador/health"));
        assertThat(health.get("node_id").asText()).matches(UUID);
        assertThat(health.get("data")).hasSize(3).allSatisfy(target -> {
            assertThat(target.get("health").asText()).isEqualTo("HEALTHY");
            assertThat(target.get("weight").asInt()).isEqualTo(100);
            assertThat(target.get("upstream").get("id").asText()).matches(UUID);
            JsonNode address = target.get("data").get("addresses").get(0);
            assertThat(address.get("ip").asText() + ":" + address.get("port").asInt()).isEqualTo(target.get("target").asText());
            assertThat(address.get("health").asText()).isEqualTo("HEALTHY");
        });
        assertThat(health.get("data")).extracting(target -> target.get("target").asText())
                .containsExactlyInAnyOrder(three.a.name(), three.b.name(), three.c.name());
    }

    @Test
    void targetThatIsOutIsUnhealthyAndTheUpstreamIsNot() throws Exception {
        three.a.close();
        site.get("/");
        site.get("/");
        site.get("/");
        assertThat(health(three.a)).isEqualTo("UNHEALTHY");
        assertThat(health(three.b)).isEqualTo("HEALTHY");
        assertThat(balancerHealth()).isEqualTo("HEALTHY");
    }

    @Test
    void upstreamIsUnhealthyWhenNotMoreThanTheThresholdIsLeft() throws Exception {
        mark(three.a, "unhealthy");
        mark(three.b, "unhealthy");
        assertThat(balancerHealth()).isEqualTo("UNHEALTHY");
        assertThat(site.gateway.available()).isFalse();
        assertThat(site.get("/").statusCode()).isEqualTo(503);
        mark(three.b, "healthy");
        assertThat(balancerHealth()).isEqualTo("HEALTHY");
        assertThat(site.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void targetMarkedUnhealthyGetsNoRequestUntilItIsMarkedHealthy() throws Exception {
        mark(three.b, "unhealthy");
        assertThat(site.healthy(1)).isFalse();
        for (int i = 0; i < 12; i++) {
            site.get("/");
        }
        assertThat(three.b.requests).isEmpty();
        mark(three.b, "healthy");
        for (int i = 0; i < 3; i++) {
            site.get("/");
        }
        assertThat(three.b.requests).hasSize(1);
    }

    @Test
    void probeBringsAMarkedTargetBack() throws Exception {
        three.close();
        open(GatewaySite.quick());
        mark(three.a, "unhealthy");
        await("the next good probe brings it back", () -> site.healthy(0));
    }

    @Test
    void requestThatWaitsOnATargetIsNotReleasedByItsMark() throws Exception {
        CountDownLatch marked = new CountDownLatch(1);
        three.a.handler = exchange -> {
            try {
                marked.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Instance.answer(exchange, 200, "late");
        };
        var waiting = site.client.sendAsync(HttpRequest.newBuilder(site.uri("/")).build(), BodyHandlers.ofString());
        await("the request waits", () -> !three.a.requests.isEmpty());
        mark(three.a, "unhealthy");
        assertThat(waiting).isNotDone();
        marked.countDown();
        assertThat(waiting.get().body()).isEqualTo("late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"upstreams/other/health", "upstreams/velador/targets/127.0.0.1:1/healthy", "nonsense"})
    void whatIsNotThereIsNotFound(String path) {
        assertThat(site.ask(path.endsWith("healthy") ? "POST" : "GET", path).statusCode()).isEqualTo(404);
    }

    @Test
    void healthChecksThatAreOffAreSaidToBe() throws Exception {
        three.close();
        open(GatewaySite.yaml().replaceAll("interval: 0.3", "interval: 0")
                .replaceAll("tcp_failures: 1", "tcp_failures: 0").replaceAll("timeouts: 1", "timeouts: 0"));
        assertThat(health(three.a)).isEqualTo("HEALTHCHECKS_OFF");
        assertThat(balancerHealth()).isEqualTo("HEALTHCHECKS_OFF");
        assertThat(site.ask("POST", "upstreams/velador/targets/" + three.a.name() + "/unhealthy").statusCode()).isEqualTo(400);
    }

    @Test
    @DisabledIfSystemProperty(named = "gateway", matches = "kong", disabledReason = "the targets are not of the file")
    void nameWithoutAnAddressIsADnsError() throws Exception {
        Gateway gateway = Gateway.prepare(KongConfig.parse(GatewaySite.withoutProbes()), GatewaySite.ANY, GatewaySite.ANY,
                List.of(InetSocketAddress.createUnresolved("no-such-host.invalid", 80)));
        gateway.open();
        try {
            String answer = site.client.send(HttpRequest.newBuilder(gateway.admin().resolve("upstreams/velador/health")).build(),
                    BodyHandlers.ofString()).body();
            assertThat(JSON.readTree(answer).get("data").get(0).get("health").asText()).isEqualTo("DNS_ERROR");
        } finally {
            gateway.close();
        }
    }

    @Test
    void configurationIsSwappedWhileRequestsAreUnderWay() throws Exception {
        CountDownLatch swapped = new CountDownLatch(1);
        three.a.handler = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write('1');
            out.flush();
            try {
                swapped.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.write('2');
            exchange.close();
        };
        try (InputStream answer = site.client.send(HttpRequest.newBuilder(site.uri("/")).build(), BodyHandlers.ofInputStream())
                .body()) {
            assertThat(answer.read()).isEqualTo('1');
            three.a.handler = exchange -> Instance.answer(exchange, 200, "new");
            String other = withTargets(GatewaySite.withoutProbes().replace("paths: [/]", "paths: [/api]"));
            HttpResponse<String> reply = config("application/json", JSON.writeValueAsString(Map.of("config", other)));
            assertThat(reply.statusCode()).isEqualTo(201);
            assertThat(JSON.readTree(reply.body()).get("services")).hasSize(2);
            await("the new paths hold", () -> status("/x") == 404);
            assertThat(status("/api/x")).isEqualTo(200);
            swapped.countDown();
            assertThat(answer.readAllBytes()).asString().isEqualTo("2");
        }
    }

    @Test
    void swappedConfigurationBeginsWithHealthyTargets() throws Exception {
        mark(three.a, "unhealthy");
        assertThat(config("application/x-www-form-urlencoded",
                "config=" + URLEncoder.encode(withTargets(GatewaySite.quick()), StandardCharsets.UTF_8)).statusCode()).isEqualTo(201);
        await("all targets are in rotation", () -> site.healthy(0) && site.healthy(1) && site.healthy(2));
        three.b.health = 503;
        await("the new probes are at work", () -> !site.healthy(1));
    }

    @Test
    void configurationComesAsAFormOfPartsToo() throws Exception {
        assertThat(config("multipart/form-data; boundary=part", ("--part\nContent-Disposition: form-data; name=\"config\"; "
                + "filename=\"kong.yml\"\nContent-Type: application/octet-stream\n\n"
                + withTargets(GatewaySite.withoutProbes()) + "\n--part--\n").replace("\n", "\r\n")).statusCode()).isEqualTo(201);
        assertThat(status("/")).isEqualTo(200);
    }

    @Test
    void configurationThatDoesNotParseIsRefusedAndTheOldOneStays() throws Exception {
        HttpResponse<String> reply = config("application/json",
                JSON.writeValueAsString(Map.of("config", GatewaySite.yaml().replace("threshold", "treshold"))));
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(reply.body()).get("message").asText()).contains("declarative config is invalid").contains("treshold");
        assertThat(status("/")).isEqualTo(200);
    }

    @Test
    void statusTellsThatItServes() throws Exception {
        site.get("/");
        JsonNode status = json(site.ask("GET", "status"));
        assertThat(status.get("database").get("reachable").asBoolean()).isTrue();
        assertThat(status.get("server").get("total_requests").asLong()).isPositive();
        assertThat(status.get("server").get("connections_active").asInt()).isPositive();
    }

    @Test
    @DisabledIfSystemProperty(named = "gateway", matches = "kong", disabledReason = "Kong listens where it is told to")
    void addressThatOthersCouldReachIsRefused() {
        assertThatThrownBy(() -> Gateway.prepare(KongConfig.parse(GatewaySite.yaml()), GatewaySite.ANY,
                new InetSocketAddress("10.128.0.10", 8001), List.of(three.a.address())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the Admin API's address: got 10.128.0.10, expected one of loopback");
    }

    private int status(String path) {
        try {
            return site.get(path).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kong takes the targets of the file, the stand-in its own all the same. */
    private String withTargets(String yaml) {
        return yaml.replace("10.128.0.10:8080", three.a.name()).replace("10.128.0.11:8080", three.b.name())
                .replace("10.128.0.12:8080", three.c.name());
    }

    private HttpResponse<String> config(String type, String body) throws Exception {
        return site.client.send(HttpRequest.newBuilder(site.gateway.admin().resolve("config")).header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private void mark(Instance target, String how) {
        assertThat(site.ask("POST", "upstreams/velador/targets/" + target.name() + '/' + how).statusCode()).isEqualTo(204);
    }

    private String health(Instance instance) throws Exception {
        for (JsonNode target : json(site.ask("GET", "upstreams/velador/health")).get("data")) {
            if (target.get("target").asText().equals(instance.name())) {
                return target.get("health").asText();
            }
        }
        return "not there";
    }

    private String balancerHealth() throws Exception {
        return json(site.ask("GET", "upstreams/velador/health?balancer_health=1")).get("data").get("health").asText();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }
}
