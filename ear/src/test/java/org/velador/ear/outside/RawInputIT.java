package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.outside.Contract.Operation;

/** Requests that no HTTP client would send. Most of them the server refuses before the application sees them. */
@ArquillianTest
@RunAsClient
class RawInputIT {

    private static final String END = " HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Connection: close\r\n\r\n";

    private static final List<String> ODD = List.of("%", "%z", "%zz", "%u0041", "%ff", "%c3", "%ed%a0%80", "\u00ff", "\"", "<>", "{}", "|", "^", "`", "\\", "#x", ";", ";;=", ";x=%zz", "\t", "%0d%0aX-Injected:%20b", "%0aX-Injected:%20b", "//", "/.", "/./", "[", "$", "*", "%2f", "%5c", "%3f");

    @ArquillianResource
    URL site;

    private final Tried tried = new Tried();
    private Api api;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @BeforeEach
    void prepare() throws Exception {
        api = Api.at(site);
        if (api.get("/api/places/RAW").status() == 404) {
            api.bed("RAW");
        }
    }

    @AfterEach
    void instanceIsWell() throws Exception {
        System.out.println("raw input: " + tried.count() + " requests tried");
        assertThat(tried.wrong()).isEmpty();
        assertThat(api.get("/health/ready").is(200).json().path("status").asText()).isEqualTo("UP");
        api.measure("heart-rate", "RAW", 80, Instant.now().toString()).is(201);
    }

    @Test
    void pathsThatLeadElsewhere() throws Exception {
        List<String> above = new ArrayList<>();
        for (String step : List.of("..", "%2e%2e", ".%2e", "%252e%252e", "..;", "..;x=y", "%2e%2e;", "..%00", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "..%c0%af", "\u00c0\u00ae\u00c0\u00ae", "..%5c", "..\\")) {
            for (String slash : List.of("/", "%2f", "%5c", "\\", "//", "/./", "%c0%af", "%252f")) {
                above.add(step + slash);
            }
        }
        for (String start : List.of("/", "/api/", "/api/docs/", "/webjars/swagger-ui/", "/health/")) {
            for (String up : above) {
                for (String target : List.of("WEB-INF/web.xml", up + up + up + up + "etc/passwd", up + "WEB-INF/classes/META-INF/openapi.yaml")) {
                    String path = start + up + target;
                    Answer answer = send("GET " + path + END);
                    if (answer != null) {
                        assertThat(answer.body()).as(path).doesNotContain("web-app").doesNotContain("root:").doesNotContain("openapi: 3");
                        assertThat(answer.status()).as(path).satisfiesAnyOf(status -> assertThat(status).isIn(301, 302, 400, 404),
                                status -> assertThat(path).startsWith("/health/"));
                        assertThat(answer.location()).as(path).doesNotStartWith("//").doesNotContain("..");
                    }
                }
            }
        }
    }

    @Test
    void pathsAndQueriesThatAreNone() throws Exception {
        for (Operation operation : Contract.ofShippedArchive().operations()) {
            String path = operation.path().replaceAll("\\{[^}]*}", "1");
            // Each of them at every third operation.
            for (int i = Math.floorMod(path.hashCode(), 3); i < ODD.size(); i += 3) {
                String odd = ODD.get(i);
                send(operation.method() + " " + path + odd + END);
                send(operation.method() + " " + path + "/" + odd + END);
                send(operation.method() + " " + path + "?" + odd + END);
                send(operation.method() + " " + path + "?limit=" + odd + "&" + odd + "=1&=&&" + END);
            }
        }
    }

    @Test
    void requestLinesAndHeadersThatAreNone() throws Exception {
        String get = "GET /api/variables HTTP/1.1\r\n" + Api.credentialLines() + "Connection: close\r\n";
        Stream.of(
                get + "\r\n", get + "Host:\r\n\r\n", get + "Host: x\r\nHost: y\r\n\r\n", get + "Host: a b\r\n\r\n", get + "Host: [\r\n\r\n", get + "Host: [::1\r\n\r\n", get + "Host: x:99999\r\n\r\n", get + "Host: x:y\r\n\r\n",
                get + "Host: x/../y\r\n\r\n", get + "Host: <script>\r\n\r\n", get + "Host: %\r\n\r\n", get + "Host: " + "x".repeat(5000) + "\r\n\r\n", get + "Host: \u00e4\r\n\r\n", get + "Host: x@y\r\n\r\n", get + "Host: x,y\r\n\r\n",
                get + "Host: x\r\nX: a\r\n folded\r\n\r\n", get + "Host: x\r\nX\r\n\r\n", get + "Host: x\r\n: a\r\n\r\n", get + "Host: x\r\nX : a\r\n\r\n", get + "Host: x\r\nX: a\0b\r\n\r\n", get + "Host: x\r\nX: a\rb\r\n\r\n",
                get + "Host: x\r\nX: " + "a".repeat(100_000) + "\r\n\r\n", get + "Host: x\r\n" + "X: a\r\n".repeat(5_000) + "\r\n", get + "Host: x\r\nCookie: " + "a=b; ".repeat(1_000) + "\r\n\r\n", get + "Host: x\r\nCookie: ;;=;\0\r\n\r\n",
                get + "Host: x\r\nContent-Length: -1\r\n\r\n", get + "Host: x\r\nContent-Length: x\r\n\r\n", get + "Host: x\r\nContent-Length: 99999999999999999999\r\n\r\n", get + "Host: x\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nGET /",
                get + "Host: x\r\nTransfer-Encoding: x\r\n\r\n", get + "Host: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", get + "Host: x\r\nExpect: nonsense\r\n\r\n", get + "Host: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: x\r\n\r\n",
                get + "Host: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", get + "Host: x\r\nIf-None-Match: \"\r\nIf-Modified-Since: x\r\nRange: bytes=0-0,-1,5-2,x\r\nAccept: \r\nAccept-Language: ,;q=x\r\n\r\n",
                get.replace("HTTP/1.1", "HTTP/0.9") + "\r\n", get.replace("HTTP/1.1", "HTTP/1.0") + "\r\n", get.replace("HTTP/1.1", "HTTP/3.0") + "Host: x\r\n\r\n", get.replace("HTTP/1.1", "HTTP/x") + "Host: x\r\n\r\n", get.replace(" HTTP/1.1", "") + "Host: x\r\n\r\n",
                get.replace("/api/variables", "http://elsewhere/api/variables") + "Host: x\r\n\r\n", get.replace("/api/variables", "variables") + "Host: x\r\n\r\n", get.replace("/api/variables", "*") + "Host: x\r\n\r\n", get.replace("/api/variables", "") + "Host: x\r\n\r\n",
                get.replace("/api/variables", "/api/" + "v".repeat(100_000)) + "Host: x\r\n\r\n", get.replace("/api/variables", "/api/variables?q=" + "v".repeat(100_000)) + "Host: x\r\n\r\n", get.replace("/api/variables", "/api/a b") + "Host: x\r\n\r\n",
                get.replace("GET", "G\0T") + "Host: x\r\n\r\n", get.replace("GET", "GET".repeat(10_000)) + "Host: x\r\n\r\n", get.replace("\r\n", "\n") + "Host: x\n\n",
                "\r\n\r\n\r\n\r\n" + get + "Host: x\r\n\r\n", "x".repeat(20_000) + "\r\n\r\n")
                .forEach(this::send);
    }

    @Test
    void chunksThatAreNone() {
        String post = "POST /api/measurements HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Connection: close\r\nContent-Type: application/json\r\n";
        String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
        Stream.of("zz\r\n{}\r\n", "-1\r\n{}\r\n0\r\n\r\n", "FFFFFFFFFFFFFFFF\r\n{}", "7FFFFFFF\r\n{}", "2;" + "x".repeat(20_000) + "\r\n{}\r\n0\r\n\r\n", "2\r\n{}x\r\n0\r\n\r\n", "2\r\n{}\r\n0\r\nX-Injected: b\r\n\r\n", "0\r\n" + "X: y\r\n".repeat(5_000) + "\r\n",
                "\r\n\r\n", "1\n{\n1\n}\n0\n\n", "0x2\r\n{}\r\n0\r\n\r\n", "2 \r\n{}\r\n0\r\n\r\n", "2\r\n{}\r\n").forEach(body -> send(chunked + body));
        // Two ways to tell where the body ends: whoever is in between may have chosen the other one.
        String hidden = "GET /api/patients HTTP/1.1\r\nHost: x\r\n\r\n";
        for (String lines : List.of("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Length: 2\r\nContent-Length: " + hidden.length() + "\r\n\r\n{}", "Content-Length: 2, 5\r\n\r\n{}", "Content-Length: +2\r\n\r\n{}",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", "Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}", "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}", "Transfer-Encoding:\u000bchunked\r\nContent-Length: 2\r\n\r\n{}")) {
            Answer answer = send(post + lines + hidden);
            assertThat(answer == null || answer.status() >= 400).as(lines).isTrue();
        }
    }

    /** As many of them as there are places: the server would wait for what comes after the request. */
    @Test
    void requestsForAnotherProtocolTakeNoPlace() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Wire wire = new Wire(api.base());
                wires.add(wire);
                wire.write("POST /api/measurements HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Content-Type: application/json\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            }
            Instant start = Instant.now();
            for (int i = 0; i < 5; i++) {
                api.get("/api/variables").is(200);
            }
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
            for (Wire wire : wires) {
                tried.answered("POST with Upgrade", wire.answer(false));
            }
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    /** Null when the connection was closed without an answer, as it may be where HTTP itself is broken. */
    private Answer send(String request) {
        try {
            Answer answer = Wire.send(api.base(), request);
            boolean notHttp = answer.status() == 501 || answer.status() == 505;
            if (!notHttp || !answer.body().isEmpty()) {
                tried.answeredOrCutShort(request, answer);
            }
            return answer;
        } catch (IOException closed) {
            tried.closed(request, closed);
            return null;
        }
    }
}
