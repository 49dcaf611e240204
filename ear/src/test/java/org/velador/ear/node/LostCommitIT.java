package org.velador.ear.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client hears when the connection to the database breaks in the middle of a commit, which may or may not have succeeded. */
class LostCommitIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Database database;
    private static CommitCutter cutter;
    private static Node node;

    @BeforeAll
    static void start() throws Exception {
        Path folder = Files.createDirectories(Path.of(System.getProperty("velador.scratch"), "lost-commit"));
        database = Database.start(folder);
        cutter = new CommitCutter(database.port());
        node = Node.start(Path.of(System.getProperty("velador.node")), Path.of(System.getProperty("velador.ear")), folder,
                database.jdbcUrl().replace(":" + database.port(), ":" + cutter.port()));
        node.await("/health/ready", Duration.ofSeconds(90));
        database.admitTests();
        assertThat(post("/api/places", "{'code':'LOST','ward':'lost','kind':'bed'}")).isEqualTo(201);
    }

    @AfterAll
    static void stop() throws Exception {
        node.close();
        cutter.close();
        database.close();
    }

    @BeforeEach
    void serve() throws Exception {
        node.await("/health/ready", Duration.ofSeconds(5));
    }

    @Test
    void commitWhoseAnswerIsLostIsNotAcknowledgedAndARetryFindsItDone() throws Exception {
        cutter.cutNextCommit(CommitCutter.Cut.AFTER);
        assertThat(measure("2026-03-02T08:00:00Z")).isEqualTo(503);
        assertThat(cutter.hasCut()).isTrue();
        assertThat(storedAt("2026-03-02T08:00:00Z")).isOne();

        assertThat(retried(() -> measure("2026-03-02T08:00:00Z"))).isEqualTo(200);
        assertThat(storedAt("2026-03-02T08:00:00Z")).isOne();
    }

    @Test
    void commitThatNeverArrivedIsNotAcknowledgedAndARetryStoresIt() throws Exception {
        cutter.cutNextCommit(CommitCutter.Cut.BEFORE);
        assertThat(measure("2026-03-02T09:00:00Z")).isEqualTo(503);
        assertThat(cutter.hasCut()).isTrue();
        assertThat(storedAt("2026-03-02T09:00:00Z")).isZero();

        assertThat(retried(() -> measure("2026-03-02T09:00:00Z"))).isEqualTo(201);
        assertThat(storedAt("2026-03-02T09:00:00Z")).isOne();
    }

    /** The same for what is stored by way of JPA. */
    @Test
    void placeWhoseCommitIsLostIsNotAcknowledged() throws Exception {
        cutter.cutNextCommit(CommitCutter.Cut.AFTER);
        assertThat(post("/api/places", "{'code':'LOST-2','ward':'lost','kind':'bed'}")).isEqualTo(503);
        assertThat(retried(() -> post("/api/places", "{'code':'LOST-2','ward':'lost','kind':'bed'}"))).isEqualTo(409);
    }

    /** As Retry-After asks for: for a second the broken connection may still be handed out. */
    private static int retried(Callable<Integer> request) throws Exception {
        Thread.sleep(1000);
        return request.call();
    }

    private static int measure(String takenAt) throws Exception {
        return post("/api/measurements", "{'variable':'heart-rate','place':'LOST','value':80,'takenAt':'" + takenAt + "'}");
    }

    private static long storedAt(String takenAt) throws Exception {
        return database.number("select count(*) from measurement where taken_at = ?::timestamptz", takenAt);
    }

    private static int post(String path, String json) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + node.address().getAddress().getHostAddress() + ":" + node.address().getPort() + path))
                .timeout(Duration.ofSeconds(10)).header("Content-Type", "application/json")
                .header("X-API-Key", Database.KEY).POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))).build();
        return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
