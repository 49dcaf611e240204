package org.velador.cluster.ward;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A device at a place: it takes readings of its source and posts them in order, one array for each moment, each until it is
 * answered. What cannot be posted waits in a buffer; when that is full the oldest is given up.
 */
final class Device implements AutoCloseable {

    /** Ten minutes at one array a second. */
    static final int BUFFERED = 600;

    private static final Duration SHORTEST_STEP = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(Device.class.getName());

    private final Source source;
    private final Post post;
    private final BlockingDeque<List<Reading>> waiting = new LinkedBlockingDeque<>(BUFFERED);
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private final Thread sender;
    private Instant next = Instant.MIN;

    Device(String name, Source source, Post post) {
        this.source = source;
        this.post = post;
        this.sender = new Thread(this::send, name);
        sender.setDaemon(true);
        sender.start();
    }

    /**
     * Takes the readings of this moment; returns at once, the posting is another thread's. A moment less than half a second
     * after the last one is passed over: a clock that catches up after a pause would give a place two values for one moment.
     */
    void take(Instant now) {
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(SHORTEST_STEP);
        List<Reading> readings = source.readings(now);
        if (readings.isEmpty()) {
            return;
        }
        while (!waiting.offerLast(readings)) {
            if (waiting.pollFirst() != null) {
                givenUp.incrementAndGet();
            }
        }
    }

    /** Arrays answered with success so far. */
    long stored() {
        return stored.get();
    }

    /** Arrays given up so far, because the buffer was full or the site refused them. */
    long givenUp() {
        return givenUp.get();
    }

    private void send() {
        try {
            while (true) {
                HttpResponse<String> answer = post.untilAnswered("/api/measurements", waiting.takeFirst());
                if (answer.statusCode() / 100 == 2) {
                    stored.incrementAndGet();
                } else if (givenUp.getAndIncrement() == 0) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "{0}: got status {1}, expected 200: {2}",
                            sender.getName(),
                            answer.statusCode(),
                            answer.body());
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops posting; what still waits is lost. */
    @Override
    public void close() {
        sender.interrupt();
        try {
            sender.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
