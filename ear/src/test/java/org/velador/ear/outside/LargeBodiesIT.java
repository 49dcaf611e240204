package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/** Bodies far larger than any that is taken, and such as would be many times as large in memory. */
@ArquillianTest
@RunAsClient
class LargeBodiesIT {

    private static final long MIB = 1024 * 1024;
    private static final long LARGE = 100 * MIB;
    private static final int CLIENTS = 8;

    @ArquillianResource
    URL site;

    private Api api;
    private long heapBefore;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @BeforeEach
    void prepare() throws Exception {
        api = Api.at(site);
        if (api.get("/api/places/LARGE").status() == 404) {
            api.bed("LARGE");
        }
        heapBefore = NodeHeap.inUse();
    }

    @AfterEach
    void instanceIsWell() throws Exception {
        assertThat(NodeHeap.inUse() - heapBefore).isLessThan(16 * MIB);
        assertThat(api.get("/health/ready").is(200).json().path("status").asText()).isEqualTo("UP");
        api.measure("heart-rate", "LARGE", 80, Instant.now().toString()).is(201);
    }

    @Test
    void bodyOfAHundredMebibytesIsCutOffWhateverItIsSentTo() throws Exception {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Operation operation : Contract.ofShippedArchive().operations()) {
            for (boolean chunked : new boolean[] {false, true}) {
                String path = operation.path().replaceAll("\\{[^}]*}", "1");
                try (Wire wire = new Wire(api.base())) {
                    wire.write(operation.method() + " " + path + " HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "If-Match: \"1\"\r\nContent-Type: "
                            + operation.bodies().keySet().stream().findFirst().orElse("application/json") + "\r\n"
                            + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + LARGE + "\r\n\r\n"));
                    long taken = wire.pour(LARGE, chunked);
                    Answer answer = wire.answer(false);
                    tried++;
                    // The server itself lets nothing be sent along where that means nothing.
                    boolean byTheServer = answer.status() == 400 && answer.body().isEmpty() && operation.bodies().isEmpty();
                    if (taken > 16 * MIB || !byTheServer && answer.status() != 413) {
                        wrong.add(operation + (chunked ? " in chunks: " : ": ") + taken / MIB + " MiB taken, " + answer.status());
                    } else if (!byTheServer) {
                        answer.isProblem(413, "body-too-large");
                    }
                } catch (Exception e) {
                    wrong.add(operation + (chunked ? " in chunks: " : ": ") + e);
                }
            }
        }
        System.out.println("bodies of 100 MiB: " + tried + " tried");
        assertThat(wrong).isEmpty();
    }

    @Test
    void clientThatGoesOnAfterTheRefusalIsCutOff() throws Exception {
        List<Long> taken = atOnce(() -> {
            try (Wire wire = new Wire(api.base())) {
                wire.write("POST /api/measurements HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
                return wire.pourOn(LARGE);
            }
        });
        System.out.println("taken of 100 MiB that went on: " + taken);
        assertThat(taken).allSatisfy(bytes -> assertThat(bytes).isLessThan(48 * MIB));
    }

    @Test
    void bodiesThatWouldGrowInMemoryAreRefused() throws Exception {
        StringBuilder names = new StringBuilder("{\"a\":0");
        for (int i = 0; names.length() < 8 * MIB - 20; i++) {
            names.append(",\"").append(Integer.toString(i, 36)).append("\":0");
        }
        Map<String, String> bodies = Map.of(
                names + "}", "application/json",
                "{\"a\":" + names + "}}", "application/json",
                "[" + "0,".repeat((int) (4 * MIB - 10)) + "0]", "application/json",
                "variable,place,value\n" + ",".repeat((int) (8 * MIB - 30)), Api.CSV,
                ",".repeat((int) (8 * MIB - 30)), Api.CSV);
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            List<Answer> answers = atOnce(() -> api.send("POST", "/api/measurements", BodyPublishers.ofString(body.getKey()), Map.of("Content-Type", body.getValue())));
            assertThat(answers).allSatisfy(answer -> {
                answer.isProblem();
                assertThat(answer.status()).as(answer.body()).isIn(400, 413);
            });
        }
    }

    private interface Request<T> {
        T send() throws Exception;
    }

    private static <T> List<T> atOnce(Request<T> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(request::send);
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
