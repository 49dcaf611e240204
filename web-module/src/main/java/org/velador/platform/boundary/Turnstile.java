package org.velador.platform.boundary;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets so many in at a time and so many wait for a short time, in the order they came; who finds no room is told at once.
 *
 * <p>How long is worth waiting depends on why there is a queue. A moment's rush, or an instance that is still slow, is over soon,
 * and patience serves everybody. When the seats run out it is a crowd: a long queue then only makes all who get in as late as it
 * is long, without one more being served. So nobody waits for more than a moment until the seats have sufficed for a while.
 */
final class Turnstile {

    /** So long after the seats ran out it is still a crowd. */
    private static final long CROWD_NANOS = Duration.ofSeconds(1).toNanos();

    private final int seats;
    private final long patience;
    private final long patienceInCrowd;
    private final Deque<Guest> waiting = new ArrayDeque<>();
    private int free;
    private boolean everFull;
    private long lastFull;

    /**
     * @param places          how many may be inside at a time
     * @param seats           how many may wait
     * @param patience        how long each of them waits at the most
     * @param patienceInCrowd how long at the most when there have been more than could be seated
     */
    Turnstile(int places, int seats, Duration patience, Duration patienceInCrowd) {
        this.free = places;
        this.seats = seats;
        this.patience = patience.toNanos();
        this.patienceInCrowd = patienceInCrowd.toNanos();
    }

    /** A place inside, given back by closing it; more than once does no harm. */
    final class Place implements AutoCloseable {

        private final AtomicBoolean given = new AtomicBoolean(true);

        private Place() {
        }

        @Override
        public void close() {
            if (given.compareAndSet(true, false)) {
                giveBack();
            }
        }
    }

    private record Guest(long since, CompletableFuture<Boolean> admitted) {
    }

    /** A place, now or when it is this one's turn; none when there is no seat to wait on, or the wait was too long. */
    Optional<Place> enter() throws InterruptedException {
        Guest guest;
        long wait;
        synchronized (this) {
            // While anybody waits none is free.
            if (free > 0) {
                free--;
                return Optional.of(new Place());
            }
            long now = System.nanoTime();
            if (waiting.size() >= seats) {
                everFull = true;
                lastFull = now;
                sendAwayWhoWaitedTooLongForACrowd(now);
            }
            if (waiting.size() >= seats) {
                return Optional.empty();
            }
            guest = new Guest(now, new CompletableFuture<>());
            waiting.addLast(guest);
            wait = isCrowd(now) ? patienceInCrowd : patience;
        }
        return admitted(guest, wait) ? Optional.of(new Place()) : Optional.empty();
    }

    /** How many wait at this moment. */
    synchronized int waiting() {
        return waiting.size();
    }

    private boolean isCrowd(long now) {
        return everFull && now - lastFull < CROWD_NANOS;
    }

    private void sendAwayWhoWaitedTooLongForACrowd(long now) {
        while (!waiting.isEmpty() && now - waiting.getFirst().since() > patienceInCrowd) {
            waiting.removeFirst().admitted().complete(false);
        }
    }

    private boolean admitted(Guest guest, long wait) throws InterruptedException {
        try {
            return guest.admitted().get(wait, TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            // Unless the turn has come just now.
            return !leave(guest) && guest.admitted().join();
        } catch (InterruptedException e) {
            if (!leave(guest) && guest.admitted().join()) {
                giveBack();
            }
            throw e;
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** False when there was no need: it has been decided about already. */
    private synchronized boolean leave(Guest guest) {
        return waiting.remove(guest);
    }

    private synchronized void giveBack() {
        Guest next = waiting.pollFirst();
        if (next == null) {
            free++;
        } else {
            next.admitted().complete(true);
        }
    }
}
