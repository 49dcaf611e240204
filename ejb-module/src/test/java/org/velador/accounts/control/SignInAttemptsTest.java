package org.velador.accounts.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.platform.control.Refusals.assertRefused;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.platform.control.ProblemException;
import org.velador.platform.control.TestDatabase;
import org.velador.platform.control.TestPersistence;

class SignInAttemptsTest {

    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-03-14T08:15:00Z");

    private static TestPersistence persistence;

    @BeforeAll
    static void start() {
        persistence = new TestPersistence(TestDatabase.create());
    }

    @AfterAll
    static void stop() {
        persistence.close();
    }

    @Test
    void fifthAttemptLocksAndRefusedOnesAreNotCounted() {
        for (int i = 0; i < 5; i++) {
            begin("ana", "192.0.2.1", NOW);
        }
        for (int i = 0; i < 3; i++) {
            assertRefused(429, "too-many-attempts", () -> begin("ana", "192.0.2.2", NOW.plusSeconds(29)));
        }
        begin("ana", "192.0.2.2", NOW.plusSeconds(31));
        assertRefused(429, "too-many-attempts", () -> begin("ana", "192.0.2.2", NOW.plusSeconds(31 + 59)));
        begin("berta", "192.0.2.1", NOW);
    }

    @Test
    void rightPasswordTakesTheAttemptBackForTheAddressAndForgetsThoseOfTheAccount() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 4; i++) {
                begin("carla", "192.0.2.3", NOW.plusHours(round));
            }
            succeeded("carla", "192.0.2.3");
        }
        begin("carla", "192.0.2.3", NOW.plusHours(20));
    }

    @Test
    void attemptsOfLongAgoAreForgotten() {
        for (int i = 0; i < 4; i++) {
            begin("dora", "192.0.2.4", NOW);
        }
        begin("dora", "192.0.2.4", NOW.plusMinutes(31));
        begin("dora", "192.0.2.4", NOW.plusMinutes(31));
    }

    @Test
    void soManyAtTheSameTimeAreNoMoreThanSoManyOneAfterTheOther() throws Exception {
        ExecutorService guessers = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> guesses = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            guesses.add(() -> {
                try {
                    begin("elsa", "192.0.2.5", NOW);
                    return true;
                } catch (ProblemException refused) {
                    return false;
                }
            });
        }
        int tried = 0;
        for (Future<Boolean> guess : guessers.invokeAll(guesses)) {
            tried += guess.get() ? 1 : 0;
        }
        guessers.shutdown();
        assertThat(tried).isEqualTo(5);
    }

    private static void begin(String username, String address, OffsetDateTime now) {
        persistence.transaction(em -> {
            SignInAttempts attempts = new SignInAttempts();
            attempts.em = em;
            attempts.begin(username, address, now);
            return null;
        });
    }

    private static void succeeded(String username, String address) {
        persistence.transaction(em -> {
            SignInAttempts attempts = new SignInAttempts();
            attempts.em = em;
            attempts.succeeded(username, address);
            return null;
        });
    }
}
