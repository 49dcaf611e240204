package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.FileUtils;
import org.velador.cluster.site.KongProcess;
import org.velador.cluster.site.SiteSettings;

/** A gateway with the shipped kong.yml, only quicker, and a client that talks to it. */
final class GatewaySite implements AutoCloseable {

    static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    static final Path KONG_YML = Path.of("..", "kong", "kong.yml");

    /** Times of the shipped file by which a test would have to wait, and what they are here. */
    static final Duration INTERVAL = Duration.ofMillis(300);
    static final Duration PROBE_TIMEOUT = Duration.ofMillis(400);
    static final Duration READ_TIMEOUT = Duration.ofMillis(800);

    final LoadBalancer gateway;
    private final Path home;
    final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** With Kong where the system property {@code gateway} asks for it, else with the stand-in. */
    GatewaySite(String yaml, InetSocketAddress... targets) throws IOException {
        SiteSettings free = SiteSettings.temporary(Path.of("..").toAbsolutePath().normalize());
        home = free.home();
        gateway = free.kong().isPresent()
                ? KongProcess.prepare(free.kong().get(), KongFile.of("kong.yml", yaml), free.home(), free.gateway(),
                        free.admin(), List.of(targets))
                : Gateway.prepare(KongConfig.parse(yaml), ANY, ANY, List.of(targets));
        gateway.open();
    }

    /** The shipped configuration with quick health checks. */
    static String quick() throws IOException {
        return yaml();
    }

    /** The same, without probes within the time of a test: only passive checks tell. */
    static String withoutProbes() throws IOException {
        return yaml().replace("interval: 0.3", "interval: 600");
    }

    /** Without plugins, as Kong 2.8 takes it: tests send what the edge of a hospital would refuse. */
    static String yaml() throws IOException {
        return withPlugins().replaceFirst("(?ms)^plugins:.*", "");
    }

    static String withPlugins() throws IOException {
        return Files.readString(KONG_YML)
                .replace("interval: 5", "interval: 0.3")
                .replace("timeout: 2\n", "timeout: 0.4\n")
                .replace("read_timeout: 5000", "read_timeout: 800")
                .replace("write_timeout: 5000", "write_timeout: 800");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return gateway.address().getPort();
    }

    /** Why a target is out; Kong does not say. */
    void assertReason(int target, String reason) {
        if (gateway instanceof Gateway) {
            assertThat(gateway.targets().get(target).reason()).isEqualTo(reason);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody());
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, path, BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).method(method, body).timeout(Duration.ofSeconds(20)).build(),
                BodyHandlers.ofString());
    }

    /** Asks the Admin API. */
    HttpResponse<String> ask(String method, String path) {
        try {
            return client.send(HttpRequest.newBuilder(gateway.admin().resolve(path)).method(method, BodyPublishers.noBody())
                    .timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean healthy(int target) {
        return gateway.targets().get(target).healthy();
    }

    /** Waits for something that must happen soon, and tells how long it took. */
    static Duration await(String what, BooleanSupplier condition) throws InterruptedException {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - started > 10_000_000_000L) {
                throw new AssertionError("within 10 s it did not happen that " + what);
            }
            Thread.sleep(5);
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** Does not wait for the end, which takes two seconds and is of no interest to most tests. */
    @Override
    public void close() {
        CompletableFuture.runAsync(gateway::close).thenRun(() -> FileUtils.deleteQuietly(home.toFile()));
    }
}
