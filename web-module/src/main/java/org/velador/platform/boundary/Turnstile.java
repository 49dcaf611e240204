package org.velador.platform.boundary;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many in at a time and so many wait for a short time, in the order they came; who finds no room is told at once. Waiting
 * occupies no thread.
 */
final class Turnstile {

    private final int places;
    private final int seats;
    private final Duration patience;
    private final ScheduledExecutorService clock;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private int inside;

    /**
     * @param places   how many may be inside at a time
     * @param seats    how many may wait
     * @param patience how long each of them waits at the most
     * @param clock    where those whose patience has ended are told
     */
    Turnstile(int places, int seats, Duration patience, ScheduledExecutorService clock) {
        this.places = places;
        this.seats = seats;
        this.patience = patience;
        this.clock = clock;
    }

    /** A place inside, given back by closing it; more than once does no harm. */
    final class Place implements AutoCloseable {

        private boolean given = true;

        @Override
        public void close() {
            Waiting next;
            synchronized (Turnstile.this) {
                if (!given) {
                    return;
                }
                given = false;
                next = queue.poll();
                if (next == null) {
                    inside--;
                }
            }
            if (next != null) {
                next.enter();
            }
        }
    }

    /** What becomes of somebody who waits: one of the two, once. */
    interface Visitor {
        void enter(Place place);

        void refuse();
    }

    /** A place, if there is one at once. */
    synchronized Optional<Place> tryEnter() {
        if (inside == places) {
            return Optional.empty();
        }
        inside++;
        return Optional.of(new Place());
    }

    /** Tells the visitor to enter or not, now or when the time has come, in whichever thread knows it. */
    void enter(Visitor visitor) {
        Place place = null;
        synchronized (this) {
            if (inside < places) {
                inside++;
                place = new Place();
            } else if (queue.size() < seats) {
                Waiting waiting = new Waiting(visitor);
                waiting.end = clock.schedule(waiting::lose, patience.toMillis(), TimeUnit.MILLISECONDS);
                queue.add(waiting);
                return;
            }
        }
        if (place == null) {
            visitor.refuse();
        } else {
            visitor.enter(place);
        }
    }

    private final class Waiting {

        private final Visitor visitor;
        private ScheduledFuture<?> end;

        Waiting(Visitor visitor) {
            this.visitor = visitor;
        }

        void enter() {
            end.cancel(false);
            visitor.enter(new Place());
        }

        void lose() {
            synchronized (Turnstile.this) {
                if (!queue.remove(this)) {
                    return;
                }
            }
            visitor.refuse();
        }
    }
}
