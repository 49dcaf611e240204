package org.velador.platform.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private final Clock clock = new Clock();
    private final Turnstile turnstile = new Turnstile(2, 2, Duration.ofMillis(500), clock);
    private final List<String> entered = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<Turnstile.Place> places = new ArrayList<>();

    @AfterEach
    void end() {
        clock.shutdownNow();
    }

    @Test
    void asManyEnterAsThereArePlacesAndOthersWait() {
        come("a", "b", "c");

        assertThat(entered).containsExactly("a", "b");
        assertThat(refused).isEmpty();
        assertThat(turnstile.tryEnter()).isEmpty();
    }

    @Test
    void placeGoesToWhoeverHasWaitedLongest() {
        come("a", "b", "c", "d");
        places.get(0).close();
        assertThat(entered).containsExactly("a", "b", "c");
        places.get(1).close();
        assertThat(entered).containsExactly("a", "b", "c", "d");
    }

    @Test
    void whoFindsNoSeatIsRefusedAtOnce() {
        come("a", "b", "c", "d", "e");

        assertThat(refused).containsExactly("e");
    }

    @Test
    void patienceEndsOnceAndForGood() {
        come("a", "b", "c");
        clock.strike();
        assertThat(refused).containsExactly("c");

        places.get(0).close();
        assertThat(entered).containsExactly("a", "b");
        assertThat(turnstile.tryEnter()).isPresent();
    }

    @Test
    void whoHasEnteredIsNotRefusedLater() {
        come("a", "b", "c");
        places.get(0).close();
        clock.strike();

        assertThat(entered).containsExactly("a", "b", "c");
        assertThat(refused).isEmpty();
    }

    @Test
    void placeGivenBackTwiceIsOnePlace() {
        come("a", "b");
        places.get(0).close();
        places.get(0).close();

        assertThat(turnstile.tryEnter()).isPresent();
        assertThat(turnstile.tryEnter()).isEmpty();
    }

    private void come(String... visitors) {
        for (String name : visitors) {
            turnstile.enter(new Turnstile.Visitor() {

                @Override
                public void enter(Turnstile.Place place) {
                    entered.add(name);
                    places.add(place);
                }

                @Override
                public void refuse() {
                    refused.add(name);
                }
            });
        }
    }

    /** Runs what is due when the test says that it is. */
    private static final class Clock extends ScheduledThreadPoolExecutor {

        private final List<Runnable> due = new ArrayList<>();

        Clock() {
            super(1);
        }

        void strike() {
            List.copyOf(due).forEach(Runnable::run);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            due.add(task);
            return new Never();
        }
    }

    /** Cannot be cancelled in time: the task runs all the same, as it may when both happen at once. */
    private static final class Never extends FutureTask<Void> implements ScheduledFuture<Void> {

        Never() {
            super(() -> null);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
