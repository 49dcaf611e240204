package org.velador.cluster.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One instance of the application in a process of its own: started, watched, and, where a test wants it, hurt. */
public final class InstanceProcess {

    static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();

    private final SiteSettings settings;
    private final int number;
    private final InetSocketAddress address;
    private final PostgresServer database;
    private final SiteKeys keys;
    private volatile Process process;
    private volatile Log log;

    InstanceProcess(SiteSettings settings, int number, PostgresServer database, SiteKeys keys) {
        this(settings, number, settings.instances().get(number - 1), database, keys);
    }

    InstanceProcess(SiteSettings settings, int number, InetSocketAddress address, PostgresServer database, SiteKeys keys) {
        this.settings = settings;
        this.number = number;
        this.address = address;
        this.database = database;
        this.keys = keys;
    }

    /** Ends what an earlier run left behind when it was killed; instances do so themselves, but not at once. */
    static void stopLeftOver(SiteSettings settings, int number, Consumer<String> notes) {
        ProcessRecord.find(record(settings, number))
                .filter(process -> !Signals.ended(process, Duration.ofSeconds(2)))
                .ifPresent(process -> {
                    process.destroyForcibly();
                    Signals.ended(process, Duration.ofSeconds(10));
                    notes.accept(
                            "instance %d of an earlier run (process %d) was still there; ended it"
                                    .formatted(number, process.pid()));
                });
    }

    /** Starts it, or starts it again after it ended; does not wait until it is ready. */
    public void start() throws IOException {
        start(settings.parts().ear());
    }

    /** Starts it with another build of the application than the site's. */
    public void start(Path ear) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name() + " runs already");
        }
        log = Log.fresh(settings.home().resolve("logs/instance-" + number + ".log"));
        ProcessBuilder builder = new ProcessBuilder(settings.parts().launcher().toString());
        Map<String, String> environment = builder.environment();
        // Options of the JVM are of this machine and hold for all instances; everything else is the site's to say.
        environment.keySet().removeIf(variable -> variable.startsWith("VELADOR_") && !variable.equals("VELADOR_JAVA_OPTS"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("VELADOR_EAR", ear.toString());
        environment.put("VELADOR_ADDRESS", address.getAddress().getHostAddress());
        environment.put("VELADOR_PORT", Integer.toString(address.getPort()));
        environment.put("VELADOR_HOME", settings.home().resolve("instances/" + number).toString());
        environment.put("VELADOR_DB_URL", database.jdbcUrl());
        environment.put("VELADOR_DB_USER", database.user());
        environment.put("VELADOR_DB_PASSWORD", database.password());
        environment.put("VELADOR_DB_OWNER", database.owner());
        environment.put("VELADOR_DB_OWNER_PASSWORD", database.ownerPassword());
        environment.putAll(keys.settings());
        environment.put("VELADOR_DRAIN_SECONDS", Long.toString(settings.drain().toSeconds()));
        environment.put("VELADOR_HEAP", settings.heap());
        environment.put("VELADOR_KONG_ADMIN", "http://" + Ports.text(settings.admin()));
        // It ends when this process does, however that ends, and leaves Ctrl-C to it.
        environment.put("VELADOR_PARENT", "watch");
        process = builder.redirectErrorStream(true).redirectOutput(log.redirect()).start();
        ProcessRecord.write(record(settings, number), process.toHandle());
    }

    /**
     * Waits until it is ready.
     *
     * @throws SiteFailure when it ends instead, or is not ready in time
     */
    public void awaitReady(Duration within) throws InterruptedException {
        Instant deadline = Instant.now().plus(within);
        while (!isReady()) {
            requireAlive();
            if (Instant.now().isAfter(deadline)) {
                throw notReadyWithin(within);
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    void requireAlive() {
        if (!isAlive()) {
            throw new SiteFailure("%s: %s (more in %s)".formatted(end(), log.reason(), log.file()));
        }
    }

    SiteFailure notReadyWithin(Duration time) {
        return new SiteFailure(
                "%s is not ready after %d s: %s (more in %s)".formatted(name(), time.toSeconds(), log.reason(), log.file()));
    }

    /** Whether it says of itself that it is ready for requests. */
    public boolean isReady() throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri().resolve("/health/ready")).timeout(Duration.ofSeconds(2)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Base address of this instance, past the gateway. */
    public URI uri() {
        return URI.create("http://" + Ports.text(address) + "/");
    }

    public InetSocketAddress address() {
        return address;
    }

    /** The file its output goes to. */
    public Path log() {
        return log.file();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Completed with the exit status when the process that runs now ends. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** SIGTERM: it drains, then ends. */
    public void terminate() {
        Signals.send("TERM", pid());
    }

    /** SIGKILL: what a power cut does to it. */
    public void kill() {
        Signals.send("KILL", pid());
    }

    /** SIGSTOP: it hangs, with all connections open, until {@link #resume()}. */
    public void suspend() {
        Signals.send("STOP", pid());
    }

    /** SIGCONT. */
    public void resume() {
        Signals.send("CONT", pid());
    }

    /** Whether it ended within the time. */
    public boolean awaitEnd(Duration within) {
        return process == null || Signals.ended(process.toHandle(), within);
    }

    /** The instance and how it ended, as in "instance 127.0.0.10:8080 (process 123) ended with status 1". */
    String end() {
        return "%s (process %d) ended with status %d".formatted(name(), pid(), process.exitValue());
    }

    String name() {
        return "instance " + Ports.text(address);
    }

    private static Path record(SiteSettings settings, int number) {
        return settings.home().resolve("instances/" + number + ".pid");
    }
}
