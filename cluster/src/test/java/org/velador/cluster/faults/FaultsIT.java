package org.velador.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.velador.cluster.site.InstanceProcess;
import org.velador.cluster.site.SharedSite;
import org.velador.cluster.site.Site;

/** Whatever happens to a part of the site, nobody loses a measurement, and most see nothing of it. */
@ExtendWith(SharedSite.class)
class FaultsIT {

    /** What kong.yml allows from the last good probe of an instance that hangs to the failed one. */
    private static final double PROBED_WITHIN = 7;
    /**
     * The longest that an instance may keep the gateway waiting, 5 s, with what comes on top of it: the answer of another one, where
     * the request may be sent again, and the client's own clock.
     */
    private static final double ANSWERED_WITHIN = 5 + 1;
    private static final double HEALTH_WITHIN = 2;
    /** The longest from one probe to the next, and the time that the probe takes. */
    private static final double HEALED_WITHIN = 5 + 0.5;

    /** Nanoseconds that it may take from the test's decision until the process is gone and the gateway has seen its connections close. */
    private static final long DYING = Duration.ofMillis(500).toNanos();

    @TempDir
    private Path folder;

    private Site site;
    private Faults faults;

    @BeforeEach
    void use(Site shared) {
        site = shared;
        faults = new Faults(shared);
    }

    @Test
    void killedInstanceCostsNothingButWhatItWasDoing() throws Exception {
        Course course = faults.instanceKilled();

        none(course, "queries that failed", course.failed(call -> !call.isPost()));
        none(course, "measurements that failed otherwise than on the instance that was killed",
                course.failed(call -> call.outcome() != Outcome.BAD_GATEWAY || call.ended() < course.begun() || call.begun() > course.begun() + DYING));
        check(course);
    }

    @Test
    void hangingInstanceIsLeftOutInTimeAndServesAgain() throws Exception {
        Course course = faults.instanceHangs();

        assertThat(course.outAfter()).as("seconds until it is out%n%s", course).isLessThanOrEqualTo(PROBED_WITHIN);
        assertThat(course.longestWait()).as("longest wait%n%s", course).isLessThanOrEqualTo(ANSWERED_WITHIN);
        none(course, "queries that failed", course.failed(call -> !call.isPost()));
        none(course, "measurements that failed otherwise than in time",
                course.failed(call -> call.outcome() != Outcome.TIMED_OUT && call.outcome() != Outcome.UNAVAILABLE));
        none(course, "requests that failed although it was out", course.failed(call -> call.begun() > course.out()));
        check(course);
    }

    @Test
    void terminatedInstanceCostsNoRequest() throws Exception {
        Course course = faults.instanceTerminated();

        none(course, "requests that failed", course.failed());
        check(course);
    }

    @Test
    void rollingRestartCostsNoRequest() throws Exception {
        List<Long> before = pids();
        Course course = faults.rollingRestart();

        assertThat(pids()).doesNotContainAnyElementsOf(before);
        none(course, "requests that failed", course.failed());
        check(course);
    }

    @Test
    void restartOfTheDatabaseHealsByItself() throws Exception {
        healsByItself(faults::databaseRestarts);
    }

    @Test
    void deathOfTheDatabaseHealsByItself() throws Exception {
        healsByItself(faults::databaseKilled);
    }

    @Test
    void hangingDatabaseIsToldInTimeAndHealsByItself() throws Exception {
        List<Call> direct = new ArrayList<>();
        Course course = healsByItself(() -> faults.databaseHangs(direct));

        assertThat(course.longestWait()).as("longest wait%n%s", course).isLessThanOrEqualTo(ANSWERED_WITHIN);
        for (Call call : direct) {
            boolean health = call.detail().contains("\"checks\"");
            if (health) {
                assertThat(call.detail()).startsWith("503 ");
            } else {
                assertThat(call.outcome()).as(call.text(course.begun())).isEqualTo(Outcome.UNAVAILABLE);
            }
            assertThat(call.seconds()).as(call.text(course.begun())).isLessThanOrEqualTo(health ? HEALTH_WITHIN : ANSWERED_WITHIN);
        }
    }

    private interface Fault {
        Course happen() throws Exception;
    }

    /** Of a database that goes and comes: the clients are told to wait, nothing else, and no instance has to be restarted. */
    private Course healsByItself(Fault fault) throws Exception {
        List<Long> before = pids();
        Course course = fault.happen();

        assertThat(pids()).as("processes of the instances").isEqualTo(before);
        none(course, "requests that failed otherwise than by 503",
                course.failed(call -> call.outcome() != Outcome.UNAVAILABLE && call.outcome() != Outcome.NO_PEER));
        none(course, "requests that failed although the database was back", course.failedAfterReturn(HEALED_WITHIN));
        check(course);
        return course;
    }

    @Test
    void oneOfThreeServesNobodyAndTheSecondBringsTheSiteBack() throws Exception {
        Course course = faults.twoOfThreeDead();

        none(course, "requests that were served by the one that was left",
                course.calls().stream().filter(call -> call.begun() > course.out() && call.ended() < course.returned() && call.outcome() != Outcome.NO_PEER).toList());
        assertThat(course.backAfter()).as("seconds until served again%n%s", course).isLessThanOrEqualTo(6);
        check(course);
    }

    @Test
    void restartOfTheGatewayLosesNothing() throws Exception {
        Course course = faults.gatewayRestarts();

        none(course, "requests that failed although the gateway was back", course.failedAfterReturn(0));
        check(course);
    }

    @Test
    void instancesWithANewSchemaJoinWhileTheOthersServe() throws Exception {
        Course course = faults.newSchema(folder);

        none(course, "requests that failed", course.failed());
        check(course);
    }

    private List<Long> pids() {
        return site.instances().stream().map(InstanceProcess::pid).toList();
    }

    private void check(Course course) throws Exception {
        System.out.println("Faults: " + course.row());
        none(course, "answers that must never be given", course.failed(call -> call.outcome() == Outcome.WRONG));
        try {
            faults.assertNothingLostOrDoubled(course);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + System.lineSeparator() + course, e);
        }
    }

    private static void none(Course course, String what, List<Call> calls) {
        assertThat(calls.stream().map(call -> call.text(course.begun()))).as("%s%n%s", what, course).isEmpty();
    }
}
