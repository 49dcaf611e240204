package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.cluster.gateway.GatewaySite.INTERVAL;
import static org.velador.cluster.gateway.GatewaySite.PROBE_TIMEOUT;
import static org.velador.cluster.gateway.GatewaySite.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What probes tell about a target. */
class HealthCheckTest {

    /** For what a busy machine adds. */
    private static final Duration LATE = Duration.ofMillis(700);

    private Instance instance;

    @BeforeEach
    void start() throws Exception {
        instance = new Instance();
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    @Test
    void targetIsHealthyAtStartAndFirstProbedAfterOneInterval() throws Exception {
        long started = System.nanoTime();
        try (GatewaySite site = new GatewaySite(GatewaySite.quick(), instance.address())) {
            assertThat(site.healthy(0)).isTrue();
            await("the instance is probed", () -> !instance.probes.isEmpty());
            assertThat(Duration.ofNanos(instance.probes.get(0) - started)).isGreaterThanOrEqualTo(INTERVAL);
        }
    }

    @Test
    void targetIsProbedOncePerInterval() throws Exception {
        try (GatewaySite site = new GatewaySite(GatewaySite.quick(), instance.address())) {
            await("the instance is probed five times", () -> instance.probes.size() == 5);
            assertThat(Duration.ofNanos(instance.probes.get(4) - instance.probes.get(0)))
                    .isBetween(INTERVAL.multipliedBy(4).minusMillis(50), INTERVAL.multipliedBy(4).plus(LATE));
            assertThat(site.healthy(0)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 404, 500, 501, 502, 503, 504, 505})
    void failedProbeTakesTargetOutAndOneSuccessBringsItBack(int status) throws Exception {
        try (GatewaySite site = new GatewaySite(GatewaySite.quick(), instance.address())) {
            instance.health = status;
            assertThat(await("the target is out", () -> !site.healthy(0))).isLessThan(INTERVAL.plus(LATE));
            site.assertReason(0, "/health/ answered " + status);
            int probes = instance.probes.size();
            instance.health = 200;
            assertThat(await("the target is back", () -> site.healthy(0))).isLessThan(INTERVAL.plus(LATE));
            assertThat(instance.probes).hasSize(probes + 1);
        }
    }

    @Test
    void redirectIsHealthy() throws Exception {
        try (GatewaySite site = new GatewaySite(GatewaySite.quick(), instance.address())) {
            instance.health = 503;
            await("the target is out", () -> !site.healthy(0));
            instance.health = 302;
            await("the target is back", () -> site.healthy(0));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 401, 403})
    void anyOtherStatusChangesNothing(int status) throws Exception {
        try (GatewaySite site = new GatewaySite(GatewaySite.quick(), instance.address())) {
            instance.health = status;
            await("the instance is probed twice", () -> instance.probes.size() >= 2);
            assertThat(site.healthy(0)).isTrue();
            instance.health = 503;
            await("the target is out", () -> !site.healthy(0));
            instance.health = status;
            int probes = instance.probes.size();
            await("the instance is probed twice more", () -> instance.probes.size() >= probes + 2);
            assertThat(site.healthy(0)).isFalse();
        }
    }

    @Test
    void killedInstanceIsOutWithinTheIntervalAndBackWhenItListensAgain() throws Exception {
        try (GatewaySite site = new GatewaySite(GatewaySite.quick(), instance.address())) {
            instance.close();
            assertThat(await("the target is out", () -> !site.healthy(0))).isLessThan(INTERVAL.plus(LATE));
            site.assertReason(0, "connection refused");
            instance.restart();
            assertThat(await("the target is back", () -> site.healthy(0))).isLessThan(INTERVAL.plus(LATE));
        }
    }

    @Test
    void hungInstanceIsOutWithinIntervalAndTimeout() throws Exception {
        try (RawInstance hung = new RawInstance(RawInstance.Connection::hang);
                GatewaySite site = new GatewaySite(GatewaySite.quick(), hung.address())) {
            assertThat(await("the target is out", () -> !site.healthy(0)))
                    .isBetween(PROBE_TIMEOUT, INTERVAL.plus(PROBE_TIMEOUT).plus(LATE));
            site.assertReason(0, "/health/ not answered within 400 ms");
        }
    }

    @Test
    void instanceThatAcceptsAndClosesIsOut() throws Exception {
        try (RawInstance closing = new RawInstance(connection -> {});
                GatewaySite site = new GatewaySite(GatewaySite.quick(), closing.address())) {
            await("the target is out", () -> !site.healthy(0));
        }
    }

    @Test
    void hungInstanceStaysInWhereTimeoutsAreNotCounted() throws Exception {
        String asKongDefaults = GatewaySite.yaml().replaceAll("timeouts: 1", "timeouts: 0");
        try (RawInstance hung = new RawInstance(RawInstance.Connection::hang);
                GatewaySite site = new GatewaySite(asKongDefaults, hung.address())) {
            await("two probes came", () -> hung.connections.size() >= 2);
            assertThat(site.healthy(0)).isTrue();
        }
    }

    @Test
    void killedInstanceStaysInWhereTcpFailuresAreNotCounted() throws Exception {
        String asKongDefaults = GatewaySite.yaml().replaceAll("tcp_failures: 1", "tcp_failures: 0");
        Instance witness = new Instance();
        try (witness; GatewaySite site = new GatewaySite(asKongDefaults, instance.address(), witness.address())) {
            instance.close();
            await("the other one is probed four times", () -> witness.probes.size() == 4);
            assertThat(site.healthy(0)).isTrue();
        }
    }

    @Test
    void severalFailuresMustComeInARowWhereMoreThanOneIsAskedFor() throws Exception {
        String patient = GatewaySite.yaml().replace("http_failures: 1", "http_failures: 3");
        try (GatewaySite site = new GatewaySite(patient, instance.address())) {
            instance.health = 503;
            await("the instance is probed twice", () -> instance.probes.size() >= 2);
            instance.health = 200;
            await("the instance is probed again", () -> instance.probes.size() >= 4);
            int probes = instance.probes.size();
            instance.health = 503;
            await("the target is out", () -> !site.healthy(0));
            assertThat(instance.probes.size() - probes).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void probeIsHttp10WithTheHostOfTheTargetAndHasItsOwnConnection() throws Exception {
        try (RawInstance raw = new RawInstance(connection -> {
            connection.request();
            connection.write("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
            connection.request();
        }); GatewaySite site = new GatewaySite(GatewaySite.quick(), raw.address())) {
            await("three probes came", () -> raw.connections.size() >= 3);
            assertThat(raw.connections).allSatisfy(connection -> assertThat(connection.heads).hasSizeLessThan(2));
            assertThat(raw.connections.get(0).heads.get(0)).startsWith("GET /health/ HTTP/1.0\n")
                    .containsIgnoringCase("\nhost: 127.0.0.1\n");
            assertThat(site.healthy(0)).isTrue();
        }
    }
}
