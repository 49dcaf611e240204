package org.velador.cluster.faults;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.velador.cluster.replay.Sample;
import org.velador.cluster.site.Site;

/**
 * Sixteen writers and four readers at work on a ward. Every second writer sends a measurement again until it is
 * acknowledged; the others never do. All of them pause between requests: what is looked at is a fault, not an overload.
 */
final class Traffic {

    static final int WRITERS = 16;
    static final int READERS = 4;

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(200);
    /** How long a measurement may remain unacknowledged when the fault is over. */
    private static final Duration RETRY_AT_MOST = Duration.ofSeconds(30);

    private final Client client;
    private final URI site;
    private final Ward ward;
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + READERS);
    private final List<Future<Void>> running = new ArrayList<>();
    private volatile boolean over;

    private Traffic(Site site, Ward ward) {
        this.client = new Client(site.serviceKey("tests"));
        this.site = site.uri();
        this.ward = ward;
    }

    static Traffic start(Site site, Ward ward) {
        Traffic traffic = new Traffic(site, ward);
        for (int i = 1; i <= WRITERS; i++) {
            String name = (i % 2 == 0 ? "retrying writer " : "writer ") + i;
            Random random = new Random(i);
            traffic.go(() -> traffic.write(name, random));
        }
        for (int i = 1; i <= READERS; i++) {
            String name = "reader " + i;
            traffic.go(() -> traffic.read(name));
        }
        return traffic;
    }

    static boolean retries(Call call) {
        return call.client().startsWith("retrying");
    }

    private void go(Callable<Void> work) {
        running.add(threads.submit(work));
    }

    private Void write(String name, Random random) throws InterruptedException {
        Thread.sleep(random.nextInt((int) PAUSE.toMillis()));
        while (!over) {
            long next = System.nanoTime() + PAUSE.toNanos();
            Call call = post(name, site, ward.measure(random));
            long deadline = System.nanoTime() + RETRY_AT_MOST.toNanos();
            while (call.failed() && retries(call) && !(over && System.nanoTime() > deadline)) {
                Thread.sleep(BEFORE_RETRY.toMillis());
                call = post(name, site, call.sample());
            }
            pause(next);
        }
        return null;
    }

    private Void read(String name) throws InterruptedException {
        int turn = name.hashCode() & 0xff;
        while (!over) {
            long next = System.nanoTime() + PAUSE.toNanos();
            List<String> queries = ward.queries();
            calls.add(client.get(name, site.resolve(queries.get(turn++ % queries.size()))));
            pause(next);
        }
        return null;
    }

    private Call post(String name, URI base, Sample sample) throws InterruptedException {
        Call call = client.post(name, base, sample);
        calls.add(call);
        return call;
    }

    /** One more measurement, from a writer of its own, to an instance past the gateway. */
    Call postTo(URI instance) throws InterruptedException {
        return post("visitor", instance, ward.measure(new Random()));
    }

    private void pause(long until) throws InterruptedException {
        long nanos = until - System.nanoTime();
        if (nanos > 0) {
            Thread.sleep(nanos / 1_000_000);
        }
    }

    /** What was asked for and answered so far. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Ends the work; returns when the last request is answered, and the last that is sent again is acknowledged. */
    void stop() throws InterruptedException {
        over = true;
        threads.shutdown();
        try {
            for (Future<Void> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
