package org.velador.platform.boundary;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets so many in at a time and so many wait for a short time, in the order they came; who finds no room is told at once. */
final class Turnstile {

    private final Semaphore places;
    private final Semaphore seats;
    private final Duration patience;

    /**
     * @param places   how many may be inside at a time
     * @param seats    how many may wait
     * @param patience how long each of them waits at the most
     */
    Turnstile(int places, int seats, Duration patience) {
        this.places = new Semaphore(places, true);
        this.seats = new Semaphore(seats);
        this.patience = patience;
    }

    /** A place inside, given back by closing it; more than once does no harm. */
    final class Place implements AutoCloseable {

        private final AtomicBoolean given = new AtomicBoolean(true);

        private Place() {
        }

        @Override
        public void close() {
            if (given.compareAndSet(true, false)) {
                places.release();
            }
        }
    }

    /** A place, now or when it is this one's turn; none when there is no seat to wait on, or the wait was too long. */
    Optional<Place> enter() throws InterruptedException {
        // With a time, though none, it passes nobody who waits.
        if (places.tryAcquire(0, TimeUnit.SECONDS)) {
            return Optional.of(new Place());
        }
        if (!seats.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS) ? Optional.of(new Place()) : Optional.empty();
        } finally {
            seats.release();
        }
    }

    /** How many wait at this moment. */
    int waiting() {
        return places.getQueueLength();
    }
}
