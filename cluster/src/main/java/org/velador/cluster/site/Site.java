package org.velador.cluster.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;
import org.velador.cluster.gateway.LoadBalancer;

/**
 * PostgreSQL and the instances, started side by side, and a gateway; stopped in the other order. A site that fails to start,
 * or is closed while it starts, leaves no process behind.
 */
public final class Site implements AutoCloseable {

    /** PostgreSQL's empty cluster is 40 MB, its write-ahead log as much, each instance's work folder 10 MB. */
    private static final long MEGABYTES_NEEDED = 256;

    /** Past the drain: running requests finish, the server stops. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private interface Stop {
        void run() throws IOException;
    }

    private final SiteSettings settings;
    private final Deque<Stop> stops = new ArrayDeque<>();
    private final List<InstanceProcess> instances = new ArrayList<>();
    private final FirstAdmin firstAdmin = new FirstAdmin();
    private final long createdMillis = System.currentTimeMillis();
    private final Map<String, String> serviceKeys = new HashMap<>();
    private volatile boolean closing;
    private int added;
    private PostgresServer database;
    private SiteKeys keys;
    private CompletableFuture<Void> databaseStart;
    private volatile LoadBalancer gateway;

    /** A site that is yet to be started. */
    Site(SiteSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts a site and waits until all of it is ready. It is closed at the latest when this process ends in order.
     *
     * @throws SiteFailure when it does not start; nothing is left running
     */
    public static Site start(SiteSettings settings) {
        Site site = new Site(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(site::close, "site-stop"));
        site.start(step -> {});
        return site;
    }

    /**
     * Starts it and waits until all of it is ready.
     *
     * @param progress told of each step that is done
     * @throws SiteFailure when it does not start, or is closed meanwhile; nothing is left running
     */
    synchronized void start(Consumer<String> progress) {
        try {
            claimHome();
            requireFreeAddresses(progress);
            keys = SiteKeys.of(settings.home(), settings.parts().launcher());
            startDatabase(progress);
            startInstances(progress);
            startGateway(progress);
        } catch (IOException e) {
            stop();
            throw new SiteFailure("the site cannot start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new SiteFailure("stopped while starting", e);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private void claimHome() throws IOException {
        settings.parts().requireBuilt();
        HomeLock lock = HomeLock.take(settings.home());
        stops.push(lock::close);
        if (settings.temporary()) {
            stops.push(() -> FileUtils.deleteDirectory(settings.home().toFile()));
        }
        long megabytes = Files.getFileStore(settings.home()).getUsableSpace() >> 20;
        if (megabytes < MEGABYTES_NEEDED) {
            throw new SiteFailure(
                    "the disk of %s has %d MB left, a site needs %d MB"
                            .formatted(settings.home(), megabytes, MEGABYTES_NEEDED));
        }
    }

    private void requireFreeAddresses(Consumer<String> progress) {
        for (int number = 1; number <= settings.instances().size(); number++) {
            InstanceProcess.stopLeftOver(settings, number, progress);
            Ports.requireFree(settings.instances().get(number - 1), "instance " + number, "instances=address:port,…");
        }
        KongProcess.stopLeftOver(settings.home(), progress);
        Ports.requireFree(settings.gateway(), "the gateway", "listen=address:port");
        Ports.requireFree(settings.admin(), "the gateway's Admin API", "admin=address:port");
    }

    /** Does not wait for it: an instance takes longer to get to the point where it asks for its database. */
    private void startDatabase(Consumer<String> progress) throws IOException {
        requireOpen();
        database =
                PostgresServer.prepare(settings.home(), settings.parts().postgresql(), settings.database(), progress);
        databaseStart = CompletableFuture.runAsync(() -> openDatabase(progress), run -> new Thread(run, "database-start").start());
        stops.push(this::stopDatabase);
    }

    private void openDatabase(Consumer<String> progress) {
        try {
            database.start();
        } catch (IOException e) {
            throw new SiteFailure("PostgreSQL cannot start: " + e.getMessage(), e);
        }
        progress.accept("PostgreSQL at " + Ports.text(settings.database()));
    }

    /** The reason why the database has not started is thrown as soon as it is known. */
    private void requireDatabase() {
        try {
            databaseStart.getNow(null);
        } catch (CompletionException e) {
            throw e.getCause() instanceof SiteFailure failure ? failure : e;
        }
    }

    private void startInstances(Consumer<String> progress) throws IOException, InterruptedException {
        stops.push(() -> stop(instances));
        for (int number = 1; number <= settings.instances().size(); number++) {
            requireOpen();
            InstanceProcess instance = new InstanceProcess(settings, number, database, secrets());
            instances.add(instance);
            instance.start();
        }
        // The instances take seconds of their own: time to get the gateway ready to listen.
        gateway = LoadBalancers.prepare(settings);
        stops.push(() -> gateway.close());
        Instant deadline = Instant.now().plus(settings.readyWithin());
        List<InstanceProcess> awaited = new ArrayList<>(instances);
        while (!awaited.isEmpty()) {
            requireOpen();
            requireDatabase();
            // Those that are ready already too: one that ends spoils the start.
            instances.forEach(InstanceProcess::requireAlive);
            if (Instant.now().isAfter(deadline)) {
                throw awaited.get(0).notReadyWithin(settings.readyWithin());
            }
            for (InstanceProcess instance : List.copyOf(awaited)) {
                if (instance.isReady()) {
                    awaited.remove(instance);
                    progress.accept(instance.name());
                }
            }
            Thread.sleep(InstanceProcess.BETWEEN_LOOKS.toMillis());
        }
    }

    /** Comes last: like Kong's, its targets count as healthy until a probe fails. */
    private void startGateway(Consumer<String> progress) throws IOException {
        requireOpen();
        gateway.open();
        progress.accept("gateway at %s (%s%s)".formatted(Ports.text(settings.gateway()), gateway.name(),
                settings.rateLimit() ? "" : ", rate limit lifted"));
    }

    /** Stops the gateway and starts another one in its place: what an upgrade of it looks like from outside. */
    public synchronized void restartGateway() throws IOException {
        requireOpen();
        gateway.close();
        gateway = LoadBalancers.prepare(settings);
        gateway.open();
    }

    /**
     * One more instance, on a free address, which is yet to be started and stops with the site. The gateway has the targets
     * that it was given: this one is none of them.
     */
    public synchronized InstanceProcess addInstance() {
        requireOpen();
        InetSocketAddress address = Ports.anyFree(settings.instances().get(0).getAddress());
        InstanceProcess instance = new InstanceProcess(settings, instances.size() + ++added, address, database, secrets());
        stops.push(() -> stop(List.of(instance)));
        return instance;
    }

    private Map<String, String> secrets() {
        Map<String, String> secrets = new HashMap<>(keys.settings());
        secrets.put("VELADOR_ADMIN_PASSWORD", firstAdmin.password());
        return secrets;
    }

    /** The password of the account {@code admin}, if that was made when this site started; it has to be changed at the first sign-in. */
    public synchronized Optional<String> firstAdminPassword() {
        return firstAdmin.made(database, createdMillis);
    }

    /**
     * A key for {@code X-API-Key} of a service that may do everything.
     *
     * @param code what the list of devices calls it; the key it had in an earlier run is good no more
     */
    public synchronized String serviceKey(String code) {
        requireOpen();
        return serviceKeys.computeIfAbsent(code, service -> new ServiceKeys(database).issue(service));
    }

    /** Base address of the gateway. */
    public URI uri() {
        return URI.create("http://" + Ports.text(settings.gateway()) + "/");
    }

    public SiteSettings settings() {
        return settings;
    }

    /** Those that the gateway has as its targets. */
    public List<InstanceProcess> instances() {
        return List.copyOf(instances);
    }

    public PostgresServer database() {
        return database;
    }

    /** Base address of the gateway's Admin API. */
    public URI admin() {
        return URI.create("http://" + Ports.text(settings.admin()) + "/");
    }

    public LoadBalancer gateway() {
        return gateway;
    }

    boolean isClosing() {
        return closing;
    }

    /** Stops everything in order, also while it starts; does nothing the second time. */
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            stop();
        }
    }

    private void requireOpen() {
        if (closing) {
            throw new SiteFailure("stopped while starting");
        }
    }

    private void stop() {
        while (!stops.isEmpty()) {
            try {
                stops.pop().run();
            } catch (IOException | RuntimeException e) {
                // Whatever it is, the rest has to be stopped all the same.
                System.getLogger(Site.class.getName()).log(System.Logger.Level.WARNING, "while stopping: {0}", e);
            }
        }
    }

    private void stopDatabase() throws IOException {
        // One that is just starting can only be stopped when it has. Why it has not is thrown where the site starts.
        databaseStart.handle((started, failure) -> null).join();
        database.close();
    }

    private void stop(List<InstanceProcess> some) {
        List<InstanceProcess> running = some.stream().filter(InstanceProcess::isAlive).toList();
        running.forEach(InstanceProcess::terminate);
        // One that a test has suspended would never notice.
        running.forEach(InstanceProcess::resume);
        Instant deadline = Instant.now().plus(settings.drain()).plus(STOP_WITHIN);
        for (InstanceProcess instance : running) {
            if (!instance.awaitEnd(Duration.between(Instant.now(), deadline))) {
                instance.kill();
                instance.awaitEnd(STOP_WITHIN);
            }
        }
    }
}
