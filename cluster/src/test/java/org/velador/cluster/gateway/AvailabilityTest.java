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

    private Instance a;
    private Instance b;
    private Instance c;
    private GatewaySite site;

    @BeforeEach
    void start() throws Exception {
        a = new Instance();
        b = new Instance();
        c = new Instance();
        site = new GatewaySite(GatewaySite.quick(), a.address(), b.address(), c.address());
    }

    @AfterEach
    void stop() {
        site.close();
        a.close();
        b.close();
        c.close();
    }

    @Test
    void twoOfThreeServeAllRequests() throws Exception {
        a.health = 503;
        await("the first is out", () -> !site.healthy(0));
        Set<String> by = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = site.get("/");
            assertThat(response.statusCode()).isEqualTo(200);
            by.add(response.body());
        }
        assertThat(by).containsExactlyInAnyOrder(b.name(), c.name());
        assertThat(site.gateway.available()).isTrue();
    }

    @Test
    void oneOfThreeIsTooFewAndEveryRequestGets503UntilASecondIsBack() throws Exception {
        a.health = 503;
        b.health = 503;
        await("two are out", () -> !site.healthy(0) && !site.healthy(1));
        c.requests.clear();
        for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "GET", "GET"}) {
            HttpResponse<String> response = site.send(method, "/", "");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
            assertThat(response.body()).isEqualTo("{\"message\":\"failure to get a peer from the ring-balancer\"}");
        }
        assertThat(c.requests).isEmpty();
        assertThat(site.gateway.available()).isFalse();
        b.health = 200;
        await("the second is back", () -> site.healthy(1));
        assertThat(site.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void refusedUploadIsAnsweredWhole() throws Exception {
        a.health = 503;
        b.health = 503;
        await("two are out", () -> !site.healthy(0) && !site.healthy(1));
        assertThat(site.send("POST", "/", "x".repeat(200_000)).statusCode()).isEqualTo(503);
    }
}
