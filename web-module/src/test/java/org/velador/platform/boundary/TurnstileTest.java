package org.velador.platform.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TurnstileTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService visitors = Executors.newCachedThreadPool();

    @AfterEach
    void end() throws InterruptedException {
        visitors.shutdownNow();
        assertThat(visitors.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void asManyEnterAsThereArePlacesAndTheNextIsToldAtOnce() throws Exception {
        Turnstile turnstile = new Turnstile(2, 0, LONG, LONG);
        assertThat(turnstile.enter()).isPresent();
        assertThat(turnstile.enter()).isPresent();
        assertThat(turnstile.enter()).isEmpty();
    }

    @Test
    void aPlaceThatWasGivenBackIsGivenAgain() throws Exception {
        Turnstile turnstile = new Turnstile(1, 0, LONG, LONG);
        turnstile.enter().orElseThrow().close();
        assertThat(turnstile.enter()).isPresent();
    }

    @Test
    void aPlaceGivenBackTwiceIsOnePlace() throws Exception {
        Turnstile turnstile = new Turnstile(1, 0, LONG, LONG);
        Turnstile.Place place = turnstile.enter().orElseThrow();
        place.close();
        place.close();
        assertThat(turnstile.enter()).isPresent();
        assertThat(turnstile.enter()).isEmpty();
    }

    @Test
    void thoseWhoWaitEnterInTheOrderTheyCame() throws Exception {
        Turnstile turnstile = new Turnstile(1, 3, LONG, LONG);
        Turnstile.Place first = turnstile.enter().orElseThrow();
        List<Integer> entered = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> guests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int guest = i;
            guests.add(waiting(turnstile, i + 1, () -> {
                Turnstile.Place place = turnstile.enter().orElseThrow();
                entered.add(guest);
                place.close();
                return true;
            }));
        }
        first.close();
        for (Future<?> guest : guests) {
            guest.get();
        }
        assertThat(entered).containsExactly(0, 1, 2);
    }

    @Test
    void whoFindsAllSeatsTakenIsToldAtOnceAndTheOthersGoOnWaiting() throws Exception {
        Turnstile turnstile = new Turnstile(1, 1, LONG, LONG);
        Turnstile.Place first = turnstile.enter().orElseThrow();
        Future<Optional<Turnstile.Place>> second = waiting(turnstile, 1, turnstile::enter);
        assertThat(turnstile.enter()).isEmpty();
        first.close();
        assertThat(second.get()).isPresent();
    }

    @Test
    void whoWaitsTooLongIsToldAndLeavesTheSeatToOthers() throws Exception {
        Turnstile turnstile = new Turnstile(1, 1, Duration.ofMillis(1), LONG);
        Turnstile.Place first = turnstile.enter().orElseThrow();
        assertThat(turnstile.enter()).isEmpty();
        assertThat(turnstile.enter()).isEmpty();
        first.close();
        assertThat(turnstile.enter()).isPresent();
    }

    @Test
    void inACrowdNobodyWaitsForLong() throws Exception {
        Turnstile turnstile = new Turnstile(1, 1, LONG, Duration.ofMillis(1));
        Turnstile.Place first = turnstile.enter().orElseThrow();
        Future<Optional<Turnstile.Place>> second = waiting(turnstile, 1, turnstile::enter);
        Thread.sleep(2);
        assertThat(turnstile.enter()).as("The third, who got the seat").isEmpty();
        assertThat(second.get()).as("The second, who had to leave it").isEmpty();
        first.close();
        assertThat(turnstile.enter()).isPresent();
    }

    @Test
    void whoIsInterruptedLeavesTheSeatToOthers() throws Exception {
        Turnstile turnstile = new Turnstile(1, 1, LONG, LONG);
        Turnstile.Place first = turnstile.enter().orElseThrow();
        waiting(turnstile, 1, turnstile::enter).cancel(true);
        while (turnstile.waiting() > 0) {
            Thread.onSpinWait();
        }
        first.close();
        assertThat(turnstile.enter()).isPresent();
    }

    /** Begun, and seen waiting behind those before. */
    private <T> Future<T> waiting(Turnstile turnstile, int count, Callable<T> visit) {
        Future<T> guest = visitors.submit(visit);
        while (turnstile.waiting() < count) {
            Thread.onSpinWait();
        }
        return guest;
    }
}
