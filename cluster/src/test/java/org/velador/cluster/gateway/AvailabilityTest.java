package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.cluster.gateway.GatewaySite.await;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The threshold of 66 %: two of three targets carry the site, one does not. */
class AvailabilityTest {

    private ThreeInstances three;

    @BeforeEach
    void start() throws Exception {
        three = new ThreeInstances(GatewaySite.quick());
    }

    @AfterEach
    void stop() {
        three.close();
    }

    @Test
    void twoOfThreeServeAllRequests() throws Exception {
        three.a.health = 503;
        await("the first is out", () -> !three.site.healthy(0));
        Set<String> by = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = three.site.get("/");
            assertThat(response.statusCode()).isEqualTo(200);
            by.add(response.body());
        }
        assertThat(by).containsExactlyInAnyOrder(three.b.name(), three.c.name());
        assertThat(three.site.gateway.available()).isTrue();
    }

    @Test
    void oneOfThreeIsTooFewAndEveryRequestGets503UntilASecondIsBack() throws Exception {
        three.a.health = 503;
        three.b.health = 503;
        await("two are out", () -> !three.site.healthy(0) && !three.site.healthy(1));
        three.c.requests.clear();
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "GET", "GET"}) {
            HttpResponse<String> response = three.site.send(method, "/", "");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
            assertThat(response.body()).isEqualTo("{\"message\":\"failure to get a peer from the ring-balancer\"}");
        }
        assertThat(three.c.requests).isEmpty();
        assertThat(three.site.gateway.available()).isFalse();
        three.b.health = 200;
        await("the second is back", () -> three.site.healthy(1));
        assertThat(three.site.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void exactlyTheThresholdIsTooFew() throws Exception {
        String half = GatewaySite.yaml().replace("threshold: 66", "threshold: 50");
        try (GatewaySite site = new GatewaySite(half, three.a.address(), three.b.address())) {
            three.a.health = 503;
            await("one of two is out", () -> !site.healthy(0));
            assertThat(site.get("/").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void refusedUploadIsAnsweredWhole() throws Exception {
        three.a.health = 503;
        three.b.health = 503;
        await("two are out", () -> !three.site.healthy(0) && !three.site.healthy(1));
        assertThat(three.site.send("POST", "/", "x".repeat(200_000)).statusCode()).isEqualTo(503);
    }
}
