package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.velador.cluster.gateway.GatewaySite.READ_TIMEOUT;
import static org.velador.cluster.gateway.GatewaySite.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Streams and large bodies pass through piece by piece, in both directions. */
class StreamingTest {

    private static final int LONG = 40_000_000;

    private Instance instance;
    private GatewaySite site;

    @BeforeEach
    void start() throws Exception {
        instance = new Instance();
        site = new GatewaySite(GatewaySite.withoutProbes(), instance.address());
    }

    @AfterEach
    void stop() {
        site.close();
        instance.close();
    }

    @Test
    void eventsReachTheClientAsTheyAreSent() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        AtomicBoolean inTime = new AtomicBoolean();
        instance.handler = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("data: 1\n\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            inTime.set(waits(seen));
            out.write("data: 2\n\n".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        };
        try (InputStream events = open("/live").body()) {
            assertThat(new String(events.readNBytes(9), StandardCharsets.US_ASCII)).isEqualTo("data: 1\n\n");
            seen.countDown();
            assertThat(new String(events.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("data: 2\n\n");
        }
        assertThat(inTime).isTrue();
    }

    @Test
    void streamThatSpeaksOftenEnoughOutlivesTheReadTimeout() throws Exception {
        instance.handler = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 6; i++) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                sleep(READ_TIMEOUT.dividedBy(2));
            }
            exchange.close();
        };
        assertThat(site.get("/live").body()).isEqualTo("......");
    }

    @Test
    void liveUpdatesMayBeSilentForLongerThanOrdinaryAnswers() throws Exception {
        instance.handler = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            sleep(READ_TIMEOUT.multipliedBy(2));
            exchange.getResponseBody().write('!');
            exchange.close();
        };
        assertThat(site.get("/api/live/ICU").body()).isEqualTo(".!");
    }

    @Test
    void streamThatFallsSilentIsCutAfterTheReadTimeout() throws Exception {
        instance.handler = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            sleep(Duration.ofSeconds(30));
        };
        try (InputStream events = open("/live").body()) {
            assertThat(events.read()).isEqualTo('.');
            long started = System.nanoTime();
            assertThatThrownBy(events::read).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(READ_TIMEOUT.minusMillis(100),
                    READ_TIMEOUT.plusMillis(700));
        }
    }

    @Test
    void answerThatBreaksOffIsNotTakenForWhole() throws Exception {
        try (RawInstance broken = new RawInstance(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n");
        }); GatewaySite other = new GatewaySite(GatewaySite.withoutProbes(), broken.address())) {
            assertThatThrownBy(() -> other.get("/")).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "gateway", matches = "kong", disabledReason = "Kong keeps whole bodies first")
    void longUploadReachesTheInstanceWhileTheClientStillSends() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        instance.handler = exchange -> {
            exchange.getRequestBody().readNBytes(1000);
            arrived.countDown();
            long length = 1000;
            for (int read; (read = exchange.getRequestBody().read(new byte[8192])) > 0;) {
                length += read;
            }
            Instance.answer(exchange, 200, String.valueOf(length));
        };
        try (Socket socket = new Socket("127.0.0.1", site.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + LONG + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[LONG / 2]);
            assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();
            // Slow, but it is the client who is slow: the instance is not to blame, nobody times out.
            sleep(READ_TIMEOUT.multipliedBy(2));
            out.write(new byte[LONG / 2]);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n" + LONG);
        }
    }

    @Test
    void uploadInChunksOfUnknownLengthArrivesWhole() throws Exception {
        instance.handler = exchange ->
                Instance.answer(exchange, 200, String.valueOf(exchange.getRequestBody().readAllBytes().length));
        for (String method : new String[] {"POST", "PUT"}) {
            assertThat(site.send(method, "/", HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(new byte[500_000]))).body()).isEqualTo("500000");
        }
    }

    @Test
    void slowReaderIsNotCutAndHoldsBackTheInstance() throws Exception {
        AtomicLong sent = new AtomicLong();
        instance.handler = exchange -> {
            exchange.sendResponseHeaders(200, LONG);
            byte[] piece = new byte[100_000];
            for (int i = 0; i < LONG / piece.length; i++) {
                exchange.getResponseBody().write(piece);
                sent.addAndGet(piece.length);
            }
            exchange.close();
        };
        try (InputStream in = open("/export").body()) {
            long length = in.readNBytes(1000).length;
            sleep(READ_TIMEOUT.multipliedBy(2));
            assertThat(sent.get()).isLessThan(LONG);
            for (int read; (read = in.read(new byte[65536])) > 0;) {
                length += read;
            }
            assertThat(length).isEqualTo(LONG);
        }
    }

    @Test
    void clientThatLeavesReleasesTheInstance() throws Exception {
        AtomicBoolean released = new AtomicBoolean();
        String patient = GatewaySite.yaml()
                .replace("interval: 0.3", "interval: 600").replace("read_timeout: 800", "read_timeout: 20000");
        try (RawInstance raw = new RawInstance(connection -> {
            connection.request();
            released.set(connection.read() < 0);
        }); GatewaySite other = new GatewaySite(patient, raw.address())) {
            try (Socket socket = new Socket("127.0.0.1", other.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                await("the request reaches the instance",
                        () -> !raw.connections.isEmpty() && !raw.connections.get(0).heads.isEmpty());
            }
            await("the instance is released", released::get);
            assertThat(other.gateway.targets().get(0).reason()).isEmpty();
        }
    }

    @Test
    void clientThatBreaksOffAnUploadDoesNotBlameTheTarget() throws Exception {
        instance.handler = exchange -> Instance.answer(exchange, 200, "");
        try (Socket socket = new Socket("127.0.0.1", site.port())) {
            socket.getOutputStream().write(("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n" + "x".repeat(9000))
                    .getBytes(StandardCharsets.US_ASCII));
            await("the request reaches the instance", () -> !instance.requests.isEmpty());
        }
        sleep(Duration.ofMillis(200));
        assertThat(site.get("/").statusCode()).isEqualTo(200);
        assertThat(site.healthy(0)).isTrue();
    }

    private HttpResponse<InputStream> open(String path) throws Exception {
        return site.client.send(HttpRequest.newBuilder(site.uri(path)).build(), BodyHandlers.ofInputStream());
    }

    private static boolean waits(CountDownLatch latch) {
        try {
            return latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
