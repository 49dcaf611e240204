package org.velador.cluster.ward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device against an HTTP server that answers what the test wants: the far end of the wire. */
class DeviceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Source ONE_VALUE =
            now -> List.of(new Reading("heart-rate", "ICU-01", 80, "/min", now, "monitor-ICU-01"));

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ArrayDeque<>();
    private InetSocketAddress address;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = start(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        address = server.getAddress();
    }

    @AfterEach
    void hangUp() {
        server.stop(0);
    }

    @Test
    void readingsArriveAsOneArrayOfTheMoment() throws Exception {
        try (Device device = device()) {
            device.take(START);
            await(() -> device.stored() == 1);
        }

        JsonNode array = new ObjectMapper().readTree(bodies.get(0));
        assertThat(array).hasSize(1);
        assertThat(array.get(0).get("variable").asText()).isEqualTo("heart-rate");
        assertThat(array.get(0).get("takenAt").asText()).isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void unavailableSiteGetsTheSameMeasurementsAgain() {
        answers.addAll(List.of(503, 502, 504));
        try (Device device = device()) {
            device.take(START);
            await(() -> device.stored() == 1);
        }

        assertThat(bodies).hasSize(4).containsOnly(bodies.get(0));
    }

    @Test
    void siteThatRefusesConnectionsGetsEverythingInOrderLater() throws Exception {
        server.stop(0);
        try (Device device = device()) {
            for (int second = 0; second < 5; second++) {
                device.take(START.plusSeconds(second));
            }
            server = start(address);
            await(() -> device.stored() == 5);
        }

        assertThat(bodies).hasSize(5).isSorted();
    }

    @Test
    void refusedMeasurementsAreNotSentAgain() {
        answers.add(422);
        try (Device device = device()) {
            device.take(START);
            device.take(START.plusSeconds(1));
            await(() -> device.stored() == 1);

            assertThat(device.givenUp()).isEqualTo(1);
        }
        assertThat(bodies).hasSize(2);
    }

    @Test
    void fullBufferGivesUpTheOldest() {
        server.stop(0);
        try (Device device = device()) {
            for (int second = 0; second < Device.BUFFERED + 10; second++) {
                device.take(START.plusSeconds(second));
            }
            // One may be in the sender's hands.
            assertThat(device.givenUp()).isBetween(9L, 10L);
        }
    }

    @Test
    void clockThatCatchesUpDoesNotGiveAMomentTwoValues() {
        try (Device device = device()) {
            device.take(START);
            device.take(START);
            device.take(START.plusMillis(3));
            device.take(START.plusSeconds(1));
            await(() -> device.stored() == 2);
        }
        assertThat(bodies).hasSize(2);
    }

    private Device device() {
        return new Device("test", ONE_VALUE, new Post(URI.create("http://127.0.0.1:" + address.getPort() + "/"), "a-key"));
    }

    private HttpServer start(InetSocketAddress at) throws IOException {
        HttpServer started = HttpServer.create(at, 0);
        started.createContext("/api/measurements", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Integer status = answers.poll();
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            exchange.close();
        });
        started.start();
        return started;
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("still waiting").isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
