package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.velador.cluster.gateway.GatewaySite.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests and answers look like on the other side, and how connections are kept. */
@DisabledIfSystemProperty(named = "gateway", matches = "kong", disabledReason = "of the stand-in's own HTTP")
class HttpDetailsTest {

    private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

    private static RawInstance answering(String answer) throws IOException {
        return new RawInstance(connection -> {
            while (true) {
                connection.request();
                connection.write(answer);
            }
        });
    }

    private static GatewaySite site(RawInstance raw) throws IOException {
        return new GatewaySite(GatewaySite.withoutProbes(), raw.address());
    }

    private static Gateway listening(InetSocketAddress address) throws IOException {
        return Gateway.prepare(KongConfig.parse(GatewaySite.withoutProbes()), address, GatewaySite.ANY, List.of(address));
    }

    /** Sends bytes, returns the whole answer up to the end of the connection. */
    private static String raw(GatewaySite site, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", site.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        }
    }

    private static List<String> lines(String head) {
        return head.toLowerCase(Locale.ROOT).lines().toList();
    }

    @Test
    void targetLearnsWhoAsked() throws Exception {
        try (RawInstance raw = answering(OK); GatewaySite site = site(raw)) {
            raw(site, "GET /a HTTP/1.1\nHost: ward.example:8000\nX-Forwarded-For: 10.1.2.3\nX-Forwarded-Proto: https\n"
                    + "Connection: close\n\n");
            assertThat(lines(raw.connections.get(0).heads.get(0))).contains(
                    "get /a http/1.1",
                    "host: 127.0.0.1:" + raw.address().getPort(),
                    "x-forwarded-for: 10.1.2.3, 127.0.0.1",
                    "x-forwarded-proto: http",
                    "x-forwarded-host: ward.example",
                    "x-forwarded-port: " + site.port(),
                    "x-real-ip: 127.0.0.1");
        }
    }

    @Test
    void headersOfOneHopStayBehind() throws Exception {
        try (RawInstance raw = answering("HTTP/1.1 200 OK\nContent-Length: 2\nKeep-Alive: timeout=30\nConnection: X-Hop\n"
                + "X-Hop: 1\nX-Stays: 1\n\nok"); GatewaySite site = site(raw)) {
            String answer = raw(site, "GET / HTTP/1.1\nHost: x\nConnection: close, X-Mine\nX-Mine: 1\nKeep-Alive: 5\n"
                    + "TE: gzip\nUpgrade: foo\nProxy-Connection: close\nX-Through: 1\n\n");
            assertThat(lines(raw.connections.get(0).heads.get(0))).contains("x-through: 1")
                    .noneMatch(line -> line.matches("(connection|x-mine|keep-alive|te|upgrade|proxy-connection):.*"));
            assertThat(lines(answer)).contains("x-stays: 1", "via: 1.1 velador-gateway")
                    .noneMatch(line -> line.matches("(keep-alive|x-hop):.*"));
        }
    }

    /** What is not legal in a URL may arrive percent-encoded, a blank in a query as +. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            /, /
            /api/places/a%2Fb, /api/places/a%2Fb
            /a%20b?x=1+2&y=%26%2B, /a%20b?x=1+2&y=%26%2B
            /a?from=2024-01-01T00:00:00%2B01:00, /a?from=2024-01-01T00:00:00%2B01:00
            /a?x=%20, /a?x=+
            /a;v=1/b?q=a|b, /a;v=1/b?q=a%7Cb
            /a//b?x, /a//b?x
            /a?u=http://b/c?d, /a?u=http://b/c?d
            /%C3%A9?%C3%A9, /%C3%A9?%C3%A9
            """)
    void pathAndQueryKeepTheirMeaning(String path, String arrives) throws Exception {
        try (RawInstance raw = answering(OK); GatewaySite site = site(raw)) {
            raw(site, "GET " + path + " HTTP/1.1\nHost: x\nConnection: close\n\n");
            assertThat(raw.connections.get(0).heads.get(0)).startsWith("GET " + arrives + " HTTP/1.1\n");
        }
    }

    @Test
    void repeatedHeadersAndCookiesPass() throws Exception {
        try (RawInstance raw = answering("HTTP/1.1 200 OK\nContent-Length: 2\nSet-Cookie: a=1; Path=/\nSet-Cookie: b=2\n"
                + "ETag: \"7\"\n\nok"); GatewaySite site = site(raw)) {
            HttpResponse<String> response = site.client.send(HttpRequest.newBuilder(site.uri("/"))
                    .header("Cookie", "s=1; t=2").header("X-A", "1").header("X-A", "2").header("If-Match", "\"7\"")
                    .build(), BodyHandlers.ofString());
            assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2");
            assertThat(response.headers().firstValue("etag")).hasValue("\"7\"");
            assertThat(lines(raw.connections.get(0).heads.get(0)))
                    .contains("cookie: s=1; t=2", "x-a: 1", "x-a: 2", "if-match: \"7\"");
        }
    }

    @Test
    void headKeepsTheLengthItAnnounces() throws Exception {
        try (RawInstance raw = answering("HTTP/1.1 200 OK\nContent-Length: 1234\n\n"); GatewaySite site = site(raw)) {
            assertThat(lines(raw(site, "HEAD / HTTP/1.1\nHost: x\nConnection: close\n\n")))
                    .contains("http/1.1 200 ok", "content-length: 1234");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void answerWithoutBodyPasses(String status) throws Exception {
        try (RawInstance raw = answering("HTTP/1.1 " + status + "\nETag: \"1\"\n\n"); GatewaySite site = site(raw)) {
            for (int i = 0; i < 3; i++) {
                assertThat(site.get("/").statusCode()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            }
            assertThat(raw.connections).hasSize(1);
        }
    }

    @Test
    void interimAnswerStaysBehind() throws Exception {
        try (RawInstance raw = answering("HTTP/1.1 103 Early Hints\nLink: </a.css>\n\n" + OK); GatewaySite site = site(raw)) {
            assertThat(raw(site, "GET / HTTP/1.1\nHost: x\nConnection: close\n\n"))
                    .startsWith("HTTP/1.1 200").endsWith("\n\nok");
        }
    }

    @Test
    void answerThatEndsWithTheConnectionPasses() throws Exception {
        try (RawInstance raw = new RawInstance(connection -> {
            connection.request();
            connection.write("HTTP/1.0 200 OK\n\nold");
        }); GatewaySite site = site(raw)) {
            assertThat(site.get("/").body()).isEqualTo("old");
        }
    }

    @Test
    void expectationIsMetByTheGateway() throws Exception {
        try (RawInstance raw = answering(OK); GatewaySite site = site(raw)) {
            HttpResponse<String> response = site.client.send(HttpRequest.newBuilder(site.uri("/")).expectContinue(true)
                    .POST(BodyPublishers.ofString("x".repeat(200_000))).build(), BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("ok");
            assertThat(raw.connections.get(0).heads.get(0)).doesNotContain("expect:");
        }
    }

    @Test
    void answerBeforeTheWholeUploadPasses() throws Exception {
        try (RawInstance raw = new RawInstance(connection -> {
            connection.head();
            connection.write("HTTP/1.1 413 Content Too Large\nContent-Length: 3\nConnection: close\n\nbig");
            while (connection.read() >= 0) {
                // Reads what is still on its way, so that closing does not reset the connection.
            }
        }); GatewaySite site = site(raw)) {
            String answer = raw(site, "POST / HTTP/1.1\nHost: x\nContent-Length: 10000000\nConnection: close\n\n"
                    + "x".repeat(100_000));
            assertThat(answer).startsWith("HTTP/1.1 413").endsWith("\n\nbig");
        }
    }

    @Test
    void clientThatOffersHttp2IsServedToo() throws Exception {
        Instance instance = new Instance();
        instance.handler = exchange ->
                Instance.answer(exchange, 200, String.valueOf(exchange.getRequestBody().readAllBytes().length));
        try (instance; GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), instance.address())) {
            HttpClient client = HttpClient.newHttpClient();
            for (int length : new int[] {0, 10, 70_000, 5_000_000}) {
                assertThat(client.send(HttpRequest.newBuilder(site.uri("/"))
                        .POST(BodyPublishers.ofByteArray(new byte[length])).build(), BodyHandlers.ofString()).body())
                        .isEqualTo(String.valueOf(length));
            }
        }
    }

    @Test
    void connectionsToTargetsAreKept() throws Exception {
        try (RawInstance raw = answering(OK); GatewaySite site = site(raw)) {
            for (int i = 0; i < 20; i++) {
                assertThat(site.send("POST", "/", "x").body()).isEqualTo("ok");
            }
            assertThat(raw.connections).hasSize(1);
        }
    }

    @Test
    void connectionThatTheTargetAnnouncesToCloseIsNotUsedAgain() throws Exception {
        try (RawInstance raw = new RawInstance(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");
            Thread.sleep(200); // it closes late, and a request sent meanwhile would be lost
        }); GatewaySite site = site(raw)) {
            for (int i = 0; i < 20; i++) {
                assertThat(site.send("POST", "/", "x").body()).isEqualTo("ok");
            }
            assertThat(raw.connections).hasSize(20);
        }
    }

    @Test
    void postAfterTheTargetClosedItsIdleConnectionSucceeds() throws Exception {
        try (RawInstance raw = new RawInstance(connection -> {
            connection.request();
            connection.write(OK);
        }); GatewaySite site = site(raw)) {
            for (int i = 1; i <= 20; i++) {
                assertThat(site.send("POST", "/", "x").body()).isEqualTo("ok");
                int opened = i;
                await("the connection is closed", () -> raw.connections.get(opened - 1).socket.isClosed());
                Thread.sleep(20); // for the news of it to arrive
            }
        }
    }

    @Test
    void takenPortIsSaidInOneSentence() throws Exception {
        try (RawInstance raw = answering(OK)) {
            InetSocketAddress taken = raw.address();
            assertThatThrownBy(() -> listening(taken).open())
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("The gateway cannot listen on .*:" + taken.getPort() + ": .*[Aa]ddress.*in use.*");
        }
    }

    @Test
    void closingLetsRequestsUnderWayFinishAndFreesThePort() throws Exception {
        Instance instance = new Instance();
        instance.handler = exchange -> {
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Instance.answer(exchange, 200, "late");
        };
        try (instance; GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), instance.address())) {
            var answer = site.client.sendAsync(HttpRequest.newBuilder(site.uri("/")).build(), BodyHandlers.ofString());
            await("the request is under way", () -> !instance.requests.isEmpty());
            InetSocketAddress address = site.gateway.address();
            site.gateway.close();
            assertThat(answer.join().body()).isEqualTo("late");
            Gateway again = listening(address);
            again.open();
            again.close();
        }
    }

    @Test
    void pathThatNoRouteCoversGets404() throws Exception {
        String config = GatewaySite.yaml().replace("paths: [/]", "paths: [/api]");
        try (RawInstance raw = answering(OK); GatewaySite site = new GatewaySite(config, raw.address())) {
            assertThat(site.get("/api/x").body()).isEqualTo("ok");
            HttpResponse<String> response = site.get("/x");
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).isEqualTo("{\"message\":\"no Route matched with those values\"}");
        }
    }
}
