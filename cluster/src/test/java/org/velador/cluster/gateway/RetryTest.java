package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.cluster.gateway.GatewaySite.READ_TIMEOUT;
import static org.velador.cluster.gateway.GatewaySite.await;

import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request whose target fails. */
class RetryTest {

    private Instance good;

    @BeforeEach
    void start() throws Exception {
        good = new Instance();
        good.handler = exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Instance.answer(exchange, 200, exchange.getRequestMethod() + ' ' + body.length());
        };
    }

    @AfterEach
    void stop() {
        good.close();
    }

    /** One bad target whose turn is first, then two good ones, so that the upstream stays available. */
    private GatewaySite site(InetSocketAddress bad) throws Exception {
        return new GatewaySite(GatewaySite.withoutProbes(), bad, good.address(), good.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POST", "PATCH"})
    void refusedConnectionMovesToTheNextTarget(String method) throws Exception {
        Instance killed = new Instance();
        killed.close();
        try (GatewaySite site = site(killed.address())) {
            HttpResponse<String> response = site.send(method, "/", "body");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : method + " 4");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 3_000_000})
    void refusedConnectionMovesAStreamedUploadToTheNextTarget(int length) throws Exception {
        Instance killed = new Instance();
        killed.close();
        try (GatewaySite site = site(killed.address())) {
            assertThat(site.send("POST", "/", "x".repeat(length)).body()).isEqualTo("POST " + length);
            assertThat(site.healthy(0)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void requestClosedWithoutAReplyIsRepeated(String method) throws Exception {
        try (RawInstance closing = new RawInstance(RawInstance.Connection::request);
                GatewaySite site = site(closing.address())) {
            HttpResponse<String> response = site.send(method, "/", "body");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : method + " 4");
            assertThat(closing.connections).hasSize(1);
        }
    }

    @Test
    void longPutClosedWithoutAReplyIsRepeatedWhole() throws Exception {
        try (RawInstance closing = new RawInstance(RawInstance.Connection::request);
                GatewaySite site = site(closing.address())) {
            assertThat(site.send("PUT", "/", "x".repeat(700_000)).body()).isEqualTo("PUT 700000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void postClosedWithoutAReplyIsNotRepeated(String method) throws Exception {
        try (RawInstance closing = new RawInstance(RawInstance.Connection::request);
                GatewaySite site = site(closing.address())) {
            HttpResponse<String> response = site.send(method, "/", "body");
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
            assertThat(response.body())
                    .isEqualTo("{\"message\":\"An invalid response was received from the upstream server\"}");
            assertThat(good.requests).isEmpty();
        }
    }

    @Test
    void getToAHungTargetWaitsTheReadTimeoutAndIsRepeated() throws Exception {
        try (RawInstance hung = new RawInstance(RawInstance.Connection::hang);
                GatewaySite site = site(hung.address())) {
            long started = System.nanoTime();
            assertThat(site.get("/").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(READ_TIMEOUT, READ_TIMEOUT.plusMillis(700));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 30_000_000})
    void postToAHungTargetGets504(int length) throws Exception {
        try (RawInstance hung = new RawInstance(4096, RawInstance.Connection::hang);
                GatewaySite site = site(hung.address())) {
            long started = System.nanoTime();
            HttpResponse<String> response = site.send("POST", "/", "x".repeat(length));
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(READ_TIMEOUT, READ_TIMEOUT.plusMillis(1500));
            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).isEqualTo("{\"message\":\"The upstream server is timing out\"}");
            assertThat(good.requests).isEmpty();
        }
    }

    @Test
    void requestsThatWaitOnATargetAreReleasedByTheReadTimeoutNotByItsMark() throws Exception {
        try (RawInstance hung = new RawInstance(connection -> {
            if (connection.request().startsWith("get /closed")) {
                return;
            }
            connection.hang();
        }); GatewaySite site = site(hung.address())) {
            long started = System.nanoTime();
            CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return site.get("/waiting");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            await("the request waits", () -> !hung.connections.isEmpty());
            site.get("/");
            site.get("/");
            site.get("/closed");
            assertThat(site.healthy(0)).isFalse();
            assertThat(waiting).isNotDone();
            assertThat(waiting.get().statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(READ_TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void errorAnswersPassUntouched(int status) throws Exception {
        good.handler = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.getResponseHeaders().set("Retry-After", "7");
            Instance.answer(exchange, status, "{\"status\":" + status + "}");
        };
        try (GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), good.address())) {
            HttpResponse<String> response = site.get("/");
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).isEqualTo("{\"status\":" + status + "}");
            assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
            assertThat(response.headers().firstValue("retry-after")).hasValue("7");
            assertThat(good.requests).hasSize(1);
        }
    }

    @Test
    void postAnsweredInSomethingElseThanHttpGets502() throws Exception {
        try (RawInstance raw = new RawInstance(connection -> {
            connection.request();
            connection.write("SSH-2.0-OpenSSH_9.2\n\n");
        }); GatewaySite site = site(raw.address())) {
            assertThat(site.send("POST", "/", "x").statusCode()).isEqualTo(502);
            assertThat(good.requests).isEmpty();
        }
    }

    @Test
    void triesEndAfterFiveRetries() throws Exception {
        List<RawInstance> closing = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closing.add(new RawInstance(RawInstance.Connection::request));
        }
        String noThreshold = GatewaySite.yaml()
                .replace("interval: 0.3", "interval: 600").replace("threshold: 66", "threshold: 0");
        InetSocketAddress[] targets = closing.stream().map(RawInstance::address).toArray(InetSocketAddress[]::new);
        try (GatewaySite site = new GatewaySite(noThreshold, targets)) {
            assertThat(site.get("/").statusCode()).isEqualTo(502);
            assertThat(closing.stream().filter(raw -> !raw.connections.isEmpty())).hasSize(6);
        } finally {
            for (RawInstance raw : closing) {
                raw.close();
            }
        }
    }
}
