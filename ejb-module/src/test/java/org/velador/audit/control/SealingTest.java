package org.velador.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealingTest {

    private static final String SEALED = "select instance || ' ' || number || ' ' || object || ' by ' || sealed_by from audit_entry order by instance, number";

    private final Chains chains = new Chains();

    @AfterEach
    void close() {
        chains.close();
    }

    @Test
    void eachInstanceHasAChainOfItsOwn() throws Exception {
        for (String instance : List.of("a", "b", "c", "a", "b", "a")) {
            chains.note(instance, "X");
        }
        assertThat(chains.seal("a")).isEqualTo(3);
        assertThat(chains.seal("a")).isZero();
        assertThat(chains.seal("b")).isEqualTo(2);
        assertThat(chains.seal("c")).isOne();
        assertThat(chains.rows(SEALED)).containsExactly("a 1 X by a", "a 2 X by a", "a 3 X by a", "b 1 X by b", "b 2 X by b", "c 1 X by c");
        assertThat(chains.rows("select object from audit_draft")).isEmpty();
        assertThat(chains.verify().entries()).isEqualTo(6);
        assertThat(chains.broken()).isEmpty();
    }

    @Test
    void nothingIsLostOrDoubledWhileRequestsNoteAndSealersSeal() throws Exception {
        int each = 60;
        List<String> instances = List.of("a", "b", "c");
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> noting = new ArrayList<>();
            List<Future<?>> sealing = new ArrayList<>();
            for (String instance : instances) {
                for (int client = 0; client < 2; client++) {
                    int number = client;
                    noting.add(threads.submit(() -> IntStream.range(0, each).forEach(i -> chains.note(instance, number + "-" + i))));
                }
                // A second sealer, like one that takes the first for lost.
                for (int sealer = 0; sealer < 2; sealer++) {
                    Callable<Void> seal = () -> {
                        while (noting.stream().anyMatch(n -> !n.isDone())) {
                            chains.seal(instance);
                        }
                        return null;
                    };
                    sealing.add(threads.submit(seal));
                }
            }
            for (Future<?> future : noting) {
                future.get(60, TimeUnit.SECONDS);
            }
            for (Future<?> future : sealing) {
                future.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        for (String instance : instances) {
            chains.seal(instance);
        }
        assertThat(chains.rows("select instance || ' ' || count(distinct object) || ' ' || max(number) from audit_entry group by instance order by 1"))
                .containsExactly("a 120 120", "b 120 120", "c 120 120");
        assertThat(chains.broken()).isEmpty();
    }

    @Test
    void noRequestWaitsForAChainThatIsBeingSealed() throws Exception {
        chains.note("a", "first");
        try (Connection sealer = chains.database.getConnection(); Statement statement = sealer.createStatement()) {
            sealer.setAutoCommit(false);
            statement.execute("select seal_audit('a', 'a', 100)");
            try (Connection request = chains.database.getConnection(); Statement waits = request.createStatement()) {
                waits.execute("set lock_timeout = 1");
                waits.execute("insert into audit_draft (instance, who, roles, action, patients, outcome) values ('a', 'ana', '{}', 'x', '{}', 'done')");
            }
            sealer.rollback();
        }
        assertThat(chains.seal("a")).as("what was noted, and what the sealer had taken and not committed").isEqualTo(2);
    }

    @Test
    void whatComesTooLateToBeSealedWithItsSecondIsSealedWithALaterOne() throws Exception {
        try (Connection slow = chains.database.getConnection(); Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("insert into audit_draft (instance, who, roles, action, object, patients, outcome) values ('a', 'ana', '{}', 'x', 'slow', '{}', 'done')");
            chains.note("a", "quick");
            assertThat(chains.seal("a")).isOne();
            slow.commit();
        }
        assertThat(chains.seal("a")).isOne();
        assertThat(chains.rows(SEALED)).containsExactly("a 1 quick by a", "a 2 slow by a");
        assertThat(chains.broken()).isEmpty();
    }

    @Test
    void lostInstancesAreSealedByOthersInTheirOwnChainsAndGoOnInThem() throws Exception {
        for (String name : List.of("lost", "alive", "judge")) {
            chains.execute("""
                    insert into instance (name, run, address, version, started_at, heard_since, last_seen, state, requests_per_second, in_flight, settings)
                    values ('%s', gen_random_uuid(), '', '', now(), now(), now(), 'UP', 0, 0, '{}')""".formatted(name));
        }
        for (String name : List.of("lost", "gone", "alive", "judge")) {
            chains.note(name, "X");
        }
        assertThat(abandoned("judge")).as("too soon to tell").isZero();
        chains.execute("update audit_draft set at = at - interval '16 seconds'");
        chains.execute("update instance set last_seen = last_seen - interval '16 seconds' where name = 'lost'");
        assertThat(abandoned("judge")).isEqualTo(2);
        assertThat(chains.rows(SEALED)).containsExactly("gone 1 X by judge", "lost 1 X by judge");

        chains.note("lost", "Y");
        chains.seal("lost");
        assertThat(chains.rows(SEALED)).containsExactly("gone 1 X by judge", "lost 1 X by judge", "lost 2 Y by lost");
        assertThat(chains.broken()).isEmpty();
    }

    @Test
    void moreThanOneStatementCanSealIsSealedByMore() throws Exception {
        chains.execute("insert into audit_draft (instance, who, roles, action, patients, outcome) select 'a', 'ana', '{}', 'x', '{}', 'done' from generate_series(1, 4001)");
        assertThat(chains.seal("a")).isEqualTo(4001);
        assertThat(chains.verify().entries()).isEqualTo(4001);
        assertThat(chains.broken()).isEmpty();
    }

    private int abandoned(String sealer) throws Exception {
        try (Connection connection = chains.database.getConnection()) {
            return new Sealing(connection, sealer).abandoned();
        }
    }
}
