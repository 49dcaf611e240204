package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.node.Database;

/** What a client sees while the database is away or hangs, and after. */
@ArquillianTest
@RunAsClient
class DatabaseOutageIT {

    /** At the worst: five seconds until the pooled connection is given up, two attempts of two seconds each to open one. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    @ArquillianResource
    URL site;

    @ArquillianResource
    Database database;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void databaseThatIsAwayIsSaidSoAndForgottenWhenItIsBack() throws Exception {
        Api api = Api.at(site);
        api.bed("D-1");
        api.measure("heart-rate", "D-1", 80, "2026-03-02T08:00:00Z").is(201);
        database.stop();
        try {
            notReady(api);
            requestsAreAskedToComeBack(api, "D-1");
        } finally {
            database.start();
        }
        serves(api, "D-1");
    }

    @Test
    void databaseThatHangsIsSaidSoAndForgottenWhenItGoesOn() throws Exception {
        Api api = Api.at(site);
        api.bed("D-2");
        api.measure("heart-rate", "D-2", 80, "2026-03-02T08:00:00Z").is(201);
        database.freeze();
        try {
            notReady(api);
            requestsAreAskedToComeBack(api, "D-2");
        } finally {
            database.thaw();
        }
        serves(api, "D-2");
    }

    private static void notReady(Api api) throws Exception {
        // The first of them finds a connection that worked until now; while its attempt lasts the next ones are told at once.
        for (String path : new String[] {"/health/ready", "/health/", "/health", "/health/ready"}) {
            Answer answer = within(Duration.ofSeconds(1), () -> api.get(path)).is(503);
            assertThat(answer.json().path("status").asText()).isEqualTo("DOWN");
        }
        within(Duration.ofSeconds(1), () -> api.get("/health/live")).is(200);
    }

    private static void requestsAreAskedToComeBack(Api api, String place) throws Exception {
        Answer post = within(PATIENCE, () -> api.measure("heart-rate", place, 80, "2026-03-02T08:00:01Z"));
        Answer get = within(PATIENCE, () -> api.get("/api/measurements?place=" + place));
        Answer jpa = within(PATIENCE, () -> api.get("/api/variables"));
        for (Answer answer : new Answer[] {post, get, jpa}) {
            answer.isProblem(503, "database-unavailable");
            assertThat(answer.retryAfter()).isEqualTo("1");
        }
    }

    private static void serves(Api api, String place) throws Exception {
        Instant deadline = Instant.now().plusSeconds(15);
        while (api.get("/health/ready").status() != 200) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(50);
        }
        assertThat(api.measure("heart-rate", place, 80, "2026-03-02T08:00:01Z").status()).isIn(200, 201);
        assertThat(api.get("/api/measurements?place=" + place).is(200).items()).hasSize(2);
    }

    private static Answer within(Duration patience, Callable<Answer> request) throws Exception {
        Instant start = Instant.now();
        Answer answer = request.call();
        assertThat(Duration.between(start, Instant.now())).isLessThan(patience);
        return answer;
    }
}
