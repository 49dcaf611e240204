package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.node.Database;

/** What a client sees while the database is away or hangs, and after. */
@ArquillianTest
@RunAsClient
class DatabaseOutageIT {

    /** The load balancer waits no longer for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int WRITERS = 8;

    @ArquillianResource
    URL site;

    @ArquillianResource
    Database database;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
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

    @Test
    void requestsThatMeetTheBeginningOfAHangAreAnsweredInTimeAsWell() throws Exception {
        Api api = Api.at(site);
        api.bed("D-3");
        api.measure("heart-rate", "D-3", 80, "2026-03-02T08:00:00Z").is(201);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        database.freeze();
        try {
            // Nobody knows yet: these find connections that worked a moment ago.
            for (int i = 0; i < 20; i++) {
                int second = 10 + i;
                answers.add(CompletableFuture.supplyAsync(unchecked(() -> within(PATIENCE,
                        () -> api.measure("heart-rate", "D-3", 80, "2026-03-02T08:00:" + second + "Z"))), threads));
            }
            for (CompletableFuture<Answer> answer : answers) {
                // Those that found no place beside the hanging ones are told that.
                Answer refused = answer.get(20, TimeUnit.SECONDS).is(503);
                assertThat(refused.json().path("type").asText()).isIn("urn:velador:problem:database-unavailable", "urn:velador:problem:overloaded");
                assertThat(refused.retryAfter()).isEqualTo("1");
            }
            // By now it is known, and nobody waits.
            within(Duration.ofSeconds(1), () -> api.get("/api/variables")).isProblem(503, "database-unavailable");
            within(Duration.ofSeconds(1), () -> api.get("/api/docs")).is(200);
        } finally {
            database.thaw();
        }
        awaitReady(api);
        for (int i = 0; i < 20; i++) {
            assertThat(api.measure("heart-rate", "D-3", 80, "2026-03-02T08:00:" + (10 + i) + "Z").status()).isIn(200, 201);
        }
        assertThat(stored("D-3")).hasSize(21);
    }

    @Test
    void lockThatSomebodyKeepsIsGivenUpByBothSides() throws Exception {
        Api api = Api.at(site);
        api.bed("D-4");
        api.measure("heart-rate", "D-4", 80, "2026-03-02T08:00:00Z").is(201);
        try (Connection holder = database.connect(); Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("select * from latest_measurement l join place p on p.id = l.place_id where p.code = 'D-4' for update of l");
            within(PATIENCE, () -> api.measure("heart-rate", "D-4", 80, "2026-03-02T08:00:01Z")).isProblem(503, "database-unavailable");
            assertThat(database.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")).isZero();
        }
        api.measure("heart-rate", "D-4", 80, "2026-03-02T08:00:01Z").is(201);
    }

    @Test
    void orderlyRestartUnderLoadLosesNothingThatWasAcknowledged() throws Exception {
        restartUnderLoad("D-5", database::stop);
    }

    @Test
    void killedDatabaseLosesNothingThatWasAcknowledged() throws Exception {
        restartUnderLoad("D-6", database::kill);
    }

    private void restartUnderLoad(String place, Outage outage) throws Exception {
        Api api = Api.at(site);
        api.bed(place);
        AtomicBoolean stop = new AtomicBoolean();
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Map<String, Long> unknown = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            writers.add(CompletableFuture.supplyAsync(unchecked(() -> {
                for (int i = 0; !stop.get(); i++) {
                    String takenAt = Instant.parse("2026-03-02T08:00:00Z").plusMillis(i * WRITERS + number).toString();
                    long begun = System.nanoTime();
                    Answer answer = within(PATIENCE, () -> api.measure("heart-rate", place, 80, takenAt));
                    if (answer.status() == 201) {
                        acknowledged.add(takenAt);
                    } else {
                        answer.isProblem(503, "database-unavailable");
                        assertThat(answer.retryAfter()).isEqualTo("1");
                        unknown.put(takenAt, begun);
                        Thread.sleep(20);
                    }
                }
                return null;
            }), threads));
        }
        Thread.sleep(1000);
        outage.begin();
        database.start();
        awaitReady(api);
        // It is ready, and means it: no connection of before the restart is left for anybody.
        long ready = System.nanoTime();
        Thread.sleep(1500);
        stop.set(true);
        for (CompletableFuture<Void> writer : writers) {
            writer.get(20, TimeUnit.SECONDS);
        }
        assertThat(unknown).isNotEmpty();
        assertThat(unknown.values()).noneMatch(begun -> begun > ready);
        assertThat(stored(place)).containsAll(acknowledged);

        for (String takenAt : unknown.keySet()) {
            assertThat(api.measure("heart-rate", place, 80, takenAt).status()).isIn(200, 201);
        }
        Set<String> all = new HashSet<>(acknowledged);
        all.addAll(unknown.keySet());
        assertThat(stored(place)).containsExactlyInAnyOrderElementsOf(all);
    }

    /** When what is stored was taken, behind the application's back. */
    private List<String> stored(String place) throws SQLException {
        List<String> stored = new ArrayList<>();
        try (Connection connection = database.connect(); PreparedStatement select = connection.prepareStatement("""
                select m.taken_at from measurement m join place p on p.id = m.place_id where p.code = ?""")) {
            select.setString(1, place);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    stored.add(row.getObject(1, OffsetDateTime.class).toInstant().toString());
                }
            }
        }
        return stored;
    }

    /** Takes the database away. */
    @FunctionalInterface
    private interface Outage {
        void begin() throws Exception;
    }

    private static <T> Supplier<T> unchecked(Callable<T> task) {
        return () -> {
            try {
                return task.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        };
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

    private static void awaitReady(Api api) throws Exception {
        Instant deadline = Instant.now().plusSeconds(5);
        while (api.get("/health/ready").status() != 200) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(50);
        }
    }

    private static void serves(Api api, String place) throws Exception {
        awaitReady(api);
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
