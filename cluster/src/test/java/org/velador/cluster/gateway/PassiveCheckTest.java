package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ordinary requests tell about a target; no probe runs here. */
class PassiveCheckTest {

    private Instance b;
    private Instance c;

    @BeforeEach
    void start() throws Exception {
        b = new Instance();
        c = new Instance();
    }

    @AfterEach
    void stop() {
        b.close();
        c.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void refusedConnectionTakesTargetOutAtOnceAndNoClientNotices(String method) throws Exception {
        Instance a = new Instance();
        try (GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), a.address(), b.address(), c.address())) {
            a.close();
            assertThat(site.send(method, "/", "x").statusCode()).isEqualTo(200);
            assertThat(site.healthy(0)).isFalse();
            site.assertReason(0, "connection refused");
            for (int i = 0; i < 6; i++) {
                assertThat(site.send(method, "/", "x").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void targetThatClosesWithoutAnAnswerIsOutWhenTheRequestMovesOn() throws Exception {
        try (RawInstance a = new RawInstance(RawInstance.Connection::request);
                GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), a.address(), b.address(), c.address())) {
            assertThat(site.get("/").statusCode()).isEqualTo(200);
            assertThat(site.healthy(0)).isFalse();
            site.assertReason(0, "connection closed without an answer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void hungTargetIsOutAfterTheReadTimeout(String method) throws Exception {
        try (RawInstance a = new RawInstance(RawInstance.Connection::hang);
                GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), a.address(), b.address(), c.address())) {
            site.send(method, "/", "x");
            assertThat(site.healthy(0)).isFalse();
            site.assertReason(0, "no answer in time");
        }
    }

    /** Kong sees only the 502 that it made itself in this case, and 502 is not among the statuses that count. */
    @Test
    void closedPostDoesNotTakeTargetOut() throws Exception {
        try (RawInstance a = new RawInstance(RawInstance.Connection::request);
                GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), a.address(), b.address(), c.address())) {
            assertThat(site.send("POST", "/", "x").statusCode()).isEqualTo(502);
            assertThat(site.healthy(0)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void errorAnswersDoNotTakeTargetOut(int status) throws Exception {
        b.handler = exchange -> Instance.answer(exchange, status, "own words");
        try (GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), b.address())) {
            for (int i = 0; i < 3; i++) {
                assertThat(site.get("/").statusCode()).isEqualTo(status);
            }
            assertThat(site.healthy(0)).isTrue();
        }
    }

    @Test
    void errorAnswersCountWhereAsked() throws Exception {
        b.handler = exchange -> Instance.answer(exchange, 500, "own words");
        String config = GatewaySite.yaml().replace("interval: 0.3", "interval: 600")
                .replace("passive:\n        unhealthy:", "passive:\n        unhealthy:\n          http_failures: 2");
        try (GatewaySite site = new GatewaySite(config, b.address(), c.address(), c.address())) {
            assertThat(site.get("/").statusCode()).isEqualTo(500);
            assertThat(site.healthy(0)).isTrue();
            site.get("/");
            site.get("/");
            assertThat(site.get("/").statusCode()).isEqualTo(500);
            assertThat(site.healthy(0)).isFalse();
        }
    }
}
