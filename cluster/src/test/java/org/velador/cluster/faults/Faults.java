package org.velador.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.velador.cluster.replay.Api;
import org.velador.cluster.site.InstanceProcess;
import org.velador.cluster.site.Site;

/**
 * The faults, each done to a whole site under load and healed again. Nothing is judged here but that things happen at all;
 * what holds for every fault is judged by {@link #assertNothingLostOrDoubled}.
 */
public final class Faults {

    /** Of the load with everything well again. */
    private static final Duration AFTER = Duration.ofSeconds(2);
    /** In which a database that has returned must be in use again, and then some. */
    private static final Duration HEALING = Duration.ofSeconds(7);

    private static final AtomicInteger WARDS = new AtomicInteger();

    private final Site site;
    private final Api api;

    /** @param site whose instances drain for as long as the gateway may take to notice */
    public Faults(Site site) {
        this.site = site;
        api = new Api(site);
    }

    private interface Play {
        void run(Scene scene) throws Exception;
    }

    private Course play(String fault, Play play) throws Exception {
        try (Scene scene = Scene.open(site, api, fault, "FAULT-" + WARDS.incrementAndGet())) {
            play.run(scene);
            return scene.end();
        }
    }

    /** What must hold whatever the fault was. */
    public void assertNothingLostOrDoubled(Course course) throws Exception {
        new Ledger(site, api).assertNothingLostOrDoubled(course);
    }

    public Course instanceKilled() throws Exception {
        InstanceProcess victim = site.instances().get(1);
        return play("instance gets SIGKILL", scene -> {
            scene.begin();
            victim.kill();
            scene.outAt(scene.rotation().awaitOut(victim, scene.begun(), Scene.LONG));
            scene.start(victim);
            scene.backAt(scene.rotation().awaitIn(victim, scene.begun(), Scene.LONG));
            scene.pass(AFTER);
        });
    }

    public Course instanceHangs() throws Exception {
        InstanceProcess victim = site.instances().get(2);
        return play("instance hangs (SIGSTOP, SIGCONT)", scene -> {
            scene.begin();
            victim.suspend();
            scene.outAt(scene.rotation().awaitOut(victim, scene.begun(), Scene.LONG));
            // The last requests that it got time out.
            scene.passUntil(Duration.ofSeconds(12));
            scene.returned();
            victim.resume();
            scene.backAt(scene.rotation().awaitIn(victim, scene.begun(), Scene.LONG));
            scene.pass(AFTER);
        });
    }

    public Course instanceTerminated() throws Exception {
        InstanceProcess victim = site.instances().get(0);
        return play("instance gets SIGTERM", scene -> {
            scene.begin();
            scene.terminate(victim);
            scene.outAt(scene.rotation().awaitOut(victim, scene.begun(), Scene.LONG));
            scene.start(victim);
            scene.backAt(scene.rotation().awaitIn(victim, scene.begun(), Scene.LONG));
            scene.pass(AFTER);
        });
    }

    public Course rollingRestart() throws Exception {
        return play("rolling restart of all three", scene -> {
            scene.begin();
            for (InstanceProcess instance : site.instances()) {
                long begun = System.nanoTime();
                scene.terminate(instance);
                scene.rotation().awaitOut(instance, begun, Scene.LONG);
                scene.start(instance);
                scene.backAt(scene.rotation().awaitIn(instance, begun, Scene.LONG));
            }
            scene.pass(AFTER);
        });
    }

    /** Down and up again, as for a change of its configuration. */
    public Course databaseRestarts() throws Exception {
        return play("PostgreSQL restarts (fast)", scene -> {
            scene.begin();
            site.database().stop();
            site.database().start();
            awaitHealed(scene);
        });
    }

    /** Away for longer than a probe takes to notice. */
    public Course databaseKilled() throws Exception {
        return play("PostgreSQL gets SIGKILL, back 6 s later", scene -> {
            scene.begin();
            site.database().kill();
            scene.passUntil(Duration.ofSeconds(6));
            site.database().start();
            awaitHealed(scene);
        });
    }

    /**
     * Hangs for ten seconds.
     *
     * @param direct filled with what each instance answered meanwhile past the gateway: its health, a query, a measurement
     */
    public Course databaseHangs(List<Call> direct) throws Exception {
        return play("PostgreSQL hangs (SIGSTOP, SIGCONT)", scene -> {
            scene.begin();
            site.database().suspend();
            for (int seconds : new int[] {0, 7}) {
                scene.passUntil(Duration.ofSeconds(seconds));
                for (InstanceProcess instance : site.instances()) {
                    direct.add(scene.ask(instance.uri().resolve("/health/")));
                }
            }
            for (InstanceProcess instance : site.instances()) {
                direct.add(scene.ask(instance.uri().resolve("/api/variables")));
                direct.add(scene.traffic().postTo(instance.uri()));
            }
            scene.passUntil(Duration.ofSeconds(10));
            site.database().resume();
            awaitHealed(scene);
        });
    }

    private void awaitHealed(Scene scene) throws InterruptedException {
        scene.returned();
        Long out = scene.rotation().lastOut(scene.begun());
        if (out != null) {
            scene.outAt(out);
        }
        scene.pass(HEALING);
        scene.backAt(scene.lastFailure());
        scene.rotation().awaitAllIn(Scene.LONG);
        scene.pass(AFTER);
    }

    public Course twoOfThreeDead() throws Exception {
        List<InstanceProcess> victims = site.instances().subList(1, 3);
        return play("two of three get SIGKILL, one comes back", scene -> {
            scene.begin();
            victims.forEach(InstanceProcess::kill);
            long out = 0;
            for (InstanceProcess victim : victims) {
                out = Math.max(out, scene.rotation().awaitOut(victim, scene.begun(), Scene.LONG));
            }
            scene.outAt(out);
            scene.pass(AFTER);
            scene.start(victims.get(0));
            scene.backAt(scene.awaitServed(System.nanoTime()));
            scene.pass(AFTER);
        });
    }

    public Course gatewayRestarts() throws Exception {
        return play("the gateway restarts", scene -> {
            scene.begin();
            site.restartGateway();
            scene.returned();
            scene.backAt(scene.awaitServed(System.nanoTime()));
            scene.pass(AFTER);
        });
    }

    /** Two instances of the next build start at once, one in the place of an old one. */
    public Course newSchema(Path folder) throws Exception {
        Path next = NewSchema.build(site.settings().parts().ear(), folder);
        InstanceProcess replaced = site.instances().get(2);
        InstanceProcess added = site.addInstance();
        return play("two instances start with a new schema", scene -> {
            scene.terminate(replaced);
            scene.begin();
            replaced.start(next);
            added.start(next);
            scene.awaitReady(replaced);
            scene.awaitReady(added);
            scene.backAt(scene.rotation().awaitIn(replaced, scene.begun(), Scene.LONG));
            scene.pass(AFTER);
            assertThat(migrated(replaced) + migrated(added)).as("how many instances migrated").isEqualTo(1);
            added.kill();
        });
    }

    private static long migrated(InstanceProcess instance) throws IOException {
        return Files.readString(instance.log()).lines()
                .filter(line -> line.contains("The schema is at version " + NewSchema.VERSION + "; 1 migrations were due"))
                .count();
    }
}
