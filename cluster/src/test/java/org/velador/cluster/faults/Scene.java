package org.velador.cluster.faults;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.velador.cluster.replay.Api;
import org.velador.cluster.site.InstanceProcess;
import org.velador.cluster.site.Site;

/** A site with clients at work, to which a fault happens; keeps the times. All moments are by {@link System#nanoTime()}. */
final class Scene implements AutoCloseable {

    /** Longer than anything takes that happens at all. */
    static final Duration LONG = Duration.ofSeconds(60);

    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Site site;
    private final String fault;
    private final Ward ward;
    private final Rotation rotation;
    private final Traffic traffic;
    private long begun;
    private long out;
    private long returned;
    private long back;

    private Scene(Site site, String fault, Ward ward) {
        this.site = site;
        this.fault = fault;
        this.ward = ward;
        rotation = Rotation.watch(site);
        traffic = Traffic.start(site, ward);
    }

    /** Everything is well, and has been for a moment. */
    static Scene open(Site site, Api api, String fault, String ward) throws IOException, InterruptedException {
        Scene scene = new Scene(site, fault, Ward.make(api, ward));
        scene.rotation.awaitAllIn(LONG);
        scene.pass(BEFORE);
        return scene;
    }

    Rotation rotation() {
        return rotation;
    }

    Traffic traffic() {
        return traffic;
    }

    /** The fault happens now. */
    void begin() {
        begun = System.nanoTime();
    }

    long begun() {
        return begun;
    }

    /** What was hurt is there again, now. */
    void returned() {
        returned = System.nanoTime();
    }

    void outAt(long moment) {
        out = moment;
    }

    void backAt(long moment) {
        back = moment;
    }

    void pass(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    /** So much time since the fault. */
    void passUntil(Duration sinceBegun) throws InterruptedException {
        long millis = sinceBegun.toMillis() - (System.nanoTime() - begun) / 1_000_000;
        if (millis > 0) {
            Thread.sleep(millis);
        }
    }

    /** Starts an instance that ended, and waits until it says of itself that it is ready. */
    void start(InstanceProcess instance) throws IOException, InterruptedException {
        instance.start();
        awaitReady(instance);
    }

    void awaitReady(InstanceProcess instance) throws InterruptedException {
        long deadline = System.nanoTime() + site.settings().readyWithin().toNanos();
        while (!instance.isReady()) {
            if (!instance.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("%s does not become ready, see %s".formatted(instance.address(), instance.log()));
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        returned();
    }

    /** SIGTERM; waits until it has ended in order. */
    void terminate(InstanceProcess instance) throws InterruptedException {
        instance.terminate();
        if (!instance.awaitEnd(site.settings().drain().plus(LONG))) {
            throw new AssertionError("%s does not end, see %s".formatted(instance.address(), instance.log()));
        }
        int status = instance.onExit().join();
        if (status != 0) {
            throw new AssertionError("%s ended with status %d, expected 0, see %s".formatted(instance.address(), status, instance.log()));
        }
    }

    /** When the last request began that failed. */
    long lastFailure() {
        return traffic.calls().stream().filter(Call::failed).mapToLong(Call::begun).max().orElse(returned);
    }

    /** When the first request was answered 2xx that began after a moment. */
    long awaitServed(long since) throws InterruptedException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < deadline) {
            List<Call> calls = traffic.calls();
            var first = calls.stream().filter(call -> !call.failed() && call.begun() >= since).mapToLong(Call::ended).min();
            if (first.isPresent()) {
                return first.getAsLong();
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        throw new AssertionError("nothing is served within " + LONG);
    }

    /** One answer of an instance itself, past the gateway. */
    Call ask(URI uri) throws InterruptedException {
        return new Client(site.serviceKey("tests")).get("visitor", uri);
    }

    /** The clients end their work. */
    Course end() throws InterruptedException {
        traffic.stop();
        return new Course(fault, ward.code(), traffic.calls(), begun, out, returned, back, rotation.text(begun));
    }

    /** Leaves the site whole, whatever became of the fault. */
    @Override
    public void close() throws IOException {
        try {
            traffic.stop();
            heal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the site was healed", e);
        } finally {
            rotation.close();
        }
    }

    private void heal() throws IOException, InterruptedException {
        site.database().resume();
        if (!site.database().process().isAlive()) {
            site.database().start();
        }
        for (InstanceProcess instance : site.instances()) {
            if (instance.isAlive()) {
                instance.resume();
            } else {
                instance.start();
            }
        }
        for (InstanceProcess instance : site.instances()) {
            instance.awaitReady(site.settings().readyWithin());
        }
        rotation.awaitAllIn(LONG);
    }
}
