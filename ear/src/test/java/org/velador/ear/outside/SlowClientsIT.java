package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;

/** Two hundred clients of a kind that is slow, and what the others notice: nothing. */
@ArquillianTest
@RunAsClient
class SlowClientsIT {

    private static final int CLIENTS = 200;
    private static final Duration WATCHED = Duration.ofSeconds(2);
    /** Whoever waits for a slow client waits longer: the server is patient for 5 s. */
    private static final Duration IN_TIME = Duration.ofSeconds(3);

    private static final String POST = "POST /api/measurements HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Content-Type: application/json\r\n";

    @ArquillianResource
    URL site;

    private final List<SocketChannel> clients = new ArrayList<>();

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @AfterEach
    void leave() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    @Test
    void headersThatComeByteByByteHoldNobodyUp() throws Exception {
        come("GET /api/variables HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines());
        othersAreServed("S-1", "X: " + "a".repeat(10_000));
    }

    @Test
    void bodiesThatComeByteByByteHoldNobodyUp() throws Exception {
        come(POST + "Content-Length: 10000\r\n\r\n[");
        othersAreServed("S-2", " ".repeat(9_000));
    }

    @Test
    void chunkedBodiesWithoutAnEndHoldNobodyUp() throws Exception {
        come(POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n[\r\n");
        othersAreServed("S-3", "1\r\n \r\n".repeat(1_000));
    }

    @Test
    void bodyThatStopsIsGivenUp() throws Exception {
        come(POST + "Content-Length: 10000\r\n\r\n[");
        othersAreServed("S-4", "");
        for (SocketChannel client : clients) {
            assertThat(answer(client)).startsWith("HTTP/1.1 408 ").contains("urn:velador:problem:request-timeout");
        }
    }

    @Test
    void answersThatNobodyReadsHoldNobodyUp() throws Exception {
        Api api = Api.at(site);
        measurements(api, "S-5", 9_000);
        come("GET /api/measurements?place=S-5&limit=2000 HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "\r\n");
        othersAreServedOnceTheRushIsOver("S-6");
    }

    @Test
    void exportsThatNobodyReadsHoldNobodyUp() throws Exception {
        Api api = Api.at(site);
        measurements(api, "S-7", 9_000);
        come("GET /api/measurements?place=S-7 HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Accept: text/csv\r\n\r\n");
        othersAreServedOnceTheRushIsOver("S-8");
    }

    @Test
    void pagesThatNobodyReadsHoldNobodyUp() throws Exception {
        come("GET /webjars/swagger-ui/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "\r\n");
        othersAreServedOnceTheRushIsOver("S-9");
    }

    /** What has come when it is whole, which the closing brace of its JSON tells. */
    private static String answer(SocketChannel client) throws Exception {
        ByteBuffer answer = ByteBuffer.allocate(4096);
        Instant deadline = Instant.now().plusSeconds(20);
        String text = "";
        while (!text.contains("}") && client.read(answer) >= 0 && Instant.now().isBefore(deadline)) {
            text = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
            Thread.sleep(10);
        }
        return text;
    }

    /** That many requests at once may be refused; what they leave behind may not matter. */
    private void othersAreServedOnceTheRushIsOver(String place) throws Exception {
        Api api = Api.at(site);
        Instant deadline = Instant.now().plusSeconds(10);
        while (api.get("/api/variables").status() != 200) {
            assertThat(Instant.now()).isBefore(deadline);
        }
        Thread.sleep(1000);
        othersAreServed(place, "");
    }

    /** @param more what each client sends meanwhile, byte by byte */
    private void othersAreServed(String place, String more) throws Exception {
        Api api = Api.at(site);
        api.bed(place);
        byte[] bytes = more.getBytes(StandardCharsets.UTF_8);
        OffsetDateTime takenAt = OffsetDateTime.of(2026, 3, 2, 8, 0, 0, 0, ZoneOffset.UTC);
        Instant end = Instant.now().plus(WATCHED);
        for (int i = 0; Instant.now().isBefore(end); i++) {
            if (i < bytes.length) {
                for (SocketChannel client : clients) {
                    client.write(ByteBuffer.wrap(bytes, i, 1));
                }
            }
            String time = takenAt.plusSeconds(i).toString();
            within(() -> api.get("/api/variables").is(200));
            within(() -> api.measure("heart-rate", place, 80, time).is(201));
            within(() -> api.get("/health/").is(200));
            Thread.sleep(20);
        }
    }

    private void come(String beginning) throws IOException {
        InetSocketAddress address = new InetSocketAddress(site.getHost(), site.getPort());
        for (int i = 0; i < CLIENTS; i++) {
            SocketChannel client = SocketChannel.open();
            // What the network takes on behalf of a client that does not read is little.
            client.setOption(StandardSocketOptions.SO_RCVBUF, 2048);
            client.connect(address);
            client.configureBlocking(false);
            client.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.UTF_8)));
            clients.add(client);
        }
    }

    private static void measurements(Api api, String place, int count) throws Exception {
        api.bed(place);
        StringBuilder lines = new StringBuilder("variable,place,value,takenAt\n");
        OffsetDateTime takenAt = OffsetDateTime.of(2026, 3, 1, 8, 0, 0, 0, ZoneOffset.UTC);
        for (int i = 0; i < count; i++) {
            lines.append("heart-rate,").append(place).append(",80,").append(takenAt.plusSeconds(i).toInstant()).append('\n');
        }
        api.post("/api/measurements", Api.CSV, lines.toString()).is(200);
    }

    private interface Request {
        void send() throws Exception;
    }

    private static void within(Request request) throws Exception {
        Instant start = Instant.now();
        request.send();
        assertThat(Duration.between(start, Instant.now())).isLessThan(IN_TIME);
    }
}
