package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.velador.cluster.gateway.GatewaySite.await;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the plugins of the shipped kong.yml do with requests and answers; newer versions of Kong add fields to their bodies. */
class EdgeTest {

    private static final int MAX_BYTES = 8 * 1024 * 1024;
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private Instance instance;
    private volatile String idThatArrived;
    private GatewaySite site;

    @BeforeEach
    void start() throws Exception {
        instance = new Instance();
        instance.handler = exchange -> {
            idThatArrived = exchange.getRequestHeaders().getFirst("X-Request-ID");
            Instance.answer(exchange, 200, String.valueOf(exchange.getRequestBody().readAllBytes().length));
        };
        open(GatewaySite.withPlugins());
    }

    private void open(String yaml) throws Exception {
        site = new GatewaySite(yaml.replace("interval: 0.3", "interval: 600"), instance.address());
        assumeThat(site.gateway.name()).as("Kong 2 gets no plugins").doesNotStartWith("Kong 2");
    }

    @AfterEach
    void stop() {
        site.close();
        instance.close();
    }

    @Test
    void requestWithoutAnIdGetsOneThatInstanceAndClientLearn() throws Exception {
        HttpResponse<String> first = site.get("/");
        assertThat(first.headers().firstValue("X-Request-ID")).hasValue(idThatArrived);
        assertThat(idThatArrived).matches(UUID);
        assertThat(site.get("/").headers().firstValue("X-Request-ID")).isNotEqualTo(first.headers().firstValue("X-Request-ID"));
    }

    @Test
    void idOfTheClientIsKept() throws Exception {
        HttpResponse<String> response = site.client.send(
                HttpRequest.newBuilder(site.uri("/")).header("X-Request-ID", "ward-7").build(), BodyHandlers.ofString());
        assertThat(idThatArrived).isEqualTo("ward-7");
        assertThat(response.headers().allValues("X-Request-ID")).containsExactly("ward-7");
    }

    @Test
    void answerOfTheGatewaysOwnHasAnIdToo() throws Exception {
        site.close();
        open(GatewaySite.withPlugins().replace("second: 1000", "second: 1").replace("minute: 30000", "minute: 1"));
        site.get("/");
        assertThat(site.get("/").headers().firstValue("X-Request-ID")).get().asString().matches(UUID);
    }

    @Test
    void bodyOfEightMebibytesPasses() throws Exception {
        assertThat(site.send("POST", "/", BodyPublishers.ofByteArray(new byte[MAX_BYTES])).body())
                .isEqualTo(String.valueOf(MAX_BYTES));
    }

    @Test
    void longerBodyIsRefusedBeforeAnInstanceSeesIt() throws Exception {
        HttpResponse<String> response = site.send("POST", "/", BodyPublishers.ofByteArray(new byte[MAX_BYTES + 1]));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(message(response)).isEqualTo("{\"message\":\"Request size limit exceeded\"}");
        assertThat(instance.requests).isEmpty();
    }

    @Test
    void longerBodyOfUnknownLengthIsRefusedToo() throws Exception {
        HttpResponse<String> response = site.send("POST", "/",
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[MAX_BYTES + 1])));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(message(response)).isEqualTo("{\"message\":\"Request size limit exceeded\"}");
        assertThat(site.healthy(0)).isTrue();
        assertThat(site.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void answersTellHowManyRequestsAreLeft() throws Exception {
        HttpResponse<String> response = site.get("/");
        assertThat(response.headers().firstValue("X-RateLimit-Limit-Second")).hasValue("1000");
        assertThat(response.headers().firstValue("X-RateLimit-Limit-Minute")).hasValue("30000");
        assertThat(response.headers().firstValue("X-RateLimit-Remaining-Minute")).hasValue("29999");
        assertThat(response.headers().firstValue("RateLimit-Limit")).hasValue("1000");
        assertThat(response.headers().firstValue("RateLimit-Remaining")).hasValue("999");
        assertThat(response.headers().firstValue("RateLimit-Reset")).hasValue("1");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void requestBeyondTheLimitGets429AndIsToldWhenToComeBack() throws Exception {
        site.close();
        open(GatewaySite.withPlugins().replace("second: 1000", "hour: 3").replace("minute: 30000", "day: 1000"));
        for (int i = 0; i < 3; i++) {
            assertThat(site.get("/").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> response = site.send("POST", "/", "x");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(message(response)).isEqualTo("{\"message\":\"API rate limit exceeded\"}");
        assertThat(response.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 3600L);
        assertThat(response.headers().firstValue("X-RateLimit-Remaining-Hour")).hasValue("0");
        assertThat(response.headers().firstValue("RateLimit-Remaining")).hasValue("0");
        assertThat(response.headers().firstValue("RateLimit-Reset")).isEqualTo(response.headers().firstValue("Retry-After"));
        assertThat(instance.requests).hasSize(3);
    }

    @Test
    void metricsCountAnswersByStatusAndWhoGaveThem() throws Exception {
        site.get("/");
        site.send("POST", "/api/live", "12345");
        instance.handler = exchange -> Instance.answer(exchange, 503, "");
        site.get("/");
        site.send("POST", "/", BodyPublishers.ofByteArray(new byte[MAX_BYTES + 1]));
        await("all answers are counted", () -> metrics().contains("code=\"413\""));
        assertThat(metrics())
                .containsPattern("kong_http_requests_total\\{service=\"velador\",route=\"velador\",code=\"200\",source=\"service\".*} 1\n")
                .containsPattern("kong_http_requests_total\\{service=\"velador\",route=\"velador\",code=\"503\",source=\"service\".*} 1\n")
                .containsPattern("kong_http_requests_total\\{service=\"velador\",route=\"velador\",code=\"413\",source=\"exit\".*} 1\n")
                .containsPattern("kong_http_requests_total\\{service=\"velador-live\",route=\"velador-live\",code=\"200\",.*} 1\n")
                .containsPattern("kong_request_latency_ms_count\\{service=\"velador\",route=\"velador\".*} 3\n")
                .containsPattern("kong_upstream_latency_ms_count\\{service=\"velador\",route=\"velador\".*} 2\n")
                .containsPattern("kong_request_latency_ms_bucket\\{service=\"velador\",route=\"velador\",.*le=\"\\+Inf\"} 3\n")
                .containsPattern("kong_bandwidth_bytes\\{service=\"velador-live\",route=\"velador-live\",direction=\"ingress\".*} [1-9]")
                .contains("# TYPE kong_request_latency_ms histogram", "# TYPE kong_http_requests_total counter");
    }

    @Test
    void metricsTellTheHealthOfTargets() {
        String target = "kong_upstream_target_health\\{upstream=\"velador\",target=\"" + instance.name() + "\",address=\""
                + instance.name() + "\",state=\"";
        assertThat(metrics()).containsPattern(target + "healthy\",subsystem=\"http\"} 1\n")
                .containsPattern(target + "unhealthy\",subsystem=\"http\"} 0\n");
    }

    private String metrics() {
        return site.ask("GET", "metrics").body();
    }

    /** The body without what versions of Kong add or how they set it. */
    private static String message(HttpResponse<String> response) {
        return response.body().replaceAll("\\s*\\n\\s*", "").replaceAll(",\\s*\"request_id\":\\s*\"[^\"]*\"", "");
    }
}
