package org.velador.ear.inside;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.alarms.control.AlarmDesk;
import org.velador.alarms.control.AlarmFilter;
import org.velador.alarms.control.AlarmQueries;
import org.velador.alarms.control.AlarmView;
import org.velador.ear.ShippedArchive;
import org.velador.measurements.control.Draft;
import org.velador.measurements.control.MeasurementIntake;
import org.velador.measurements.control.Receipt;
import org.velador.places.control.PlaceCatalog;
import org.velador.places.control.PlaceView;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.control.Time;

/** What happens at the same time, in transactions of their own. */
@ArquillianTest
class ConcurrencyIT {

    private static final int CLIENTS = 8;

    @EJB
    MeasurementIntake intake;

    @EJB
    AlarmDesk desk;

    @EJB
    AlarmQueries alarms;

    @EJB
    PlaceCatalog places;

    @Inject
    Time time;

    @Resource(mappedName = "java:comp/DefaultManagedExecutorService")
    ManagedExecutorService executor;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void concurrentBreachesRaiseOneAlarm() throws Exception {
        bed("CC-1");
        OffsetDateTime start = time.now().minusMinutes(1);
        List<Callable<Receipt>> intakes = IntStream.range(0, CLIENTS)
                .mapToObj(i -> (Callable<Receipt>) () -> take("CC-1", 160.0 + i, start.plusSeconds(i)))
                .toList();

        assertThat(atOnce(intakes)).allSatisfy(receipt -> assertThat(receipt.stored()).isOne());

        AlarmView alarm = only("CC-1");
        assertThat(alarm.state()).isEqualTo("active");
        assertThat(alarm.raisedAt()).isEqualTo(start);
        assertThat(alarm.value()).isEqualTo(160.0);
        assertThat(events(alarm)).containsOnlyOnce("raised");
    }

    @Test
    void sameMeasurementSentBySeveralAtOnceIsStoredOnce() throws Exception {
        bed("CC-2");
        OffsetDateTime at = time.now();
        List<Callable<Receipt>> intakes = IntStream.range(0, CLIENTS).mapToObj(i -> (Callable<Receipt>) () -> take("CC-2", 80.0, at)).toList();

        List<Receipt> receipts = atOnce(intakes);

        assertThat(receipts.stream().mapToLong(Receipt::stored).sum()).isOne();
        assertThat(receipts.stream().mapToLong(Receipt::duplicates).sum()).isEqualTo(CLIENTS - 1L);
    }

    @Test
    void batchesThatNameTheSamePairsInAnyOrderDoNotBlockEachOther() throws Exception {
        List<String> beds = IntStream.range(0, 6).mapToObj(i -> "CC-3-" + i).toList();
        beds.forEach(this::bed);
        OffsetDateTime start = time.now().minusMinutes(5);
        List<Callable<Receipt>> intakes = IntStream.range(0, CLIENTS).mapToObj(client -> (Callable<Receipt>) () -> {
            List<Draft> drafts = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int bed = client % 2 == 0 ? i % 6 : 5 - i % 6;
                drafts.add(new Draft(i, "heart-rate", beds.get(bed), i % 12 < 6 ? 160.0 : 80.0, null, start.plusSeconds(CLIENTS * i + client), null));
            }
            return intake.take(drafts, time.now());
        }).toList();

        assertThat(atOnce(intakes)).allSatisfy(receipt -> assertThat(receipt.stored()).isEqualTo(60));
    }

    @Test
    void acknowledgementAndEscalationAtOnceLoseNeither() throws Exception {
        for (int round = 0; round < 15; round++) {
            String bed = "CC-4-" + round;
            bed(bed);
            OffsetDateTime start = time.now().minusMinutes(1);
            take(bed, 130.0, start);
            long id = only(bed).id();

            atOnce(List.of(() -> take(bed, 190.0, start.plusSeconds(1)), () -> {
                desk.acknowledge(id, "seen", time.now());
                return null;
            }));

            AlarmView alarm = only(bed);
            assertThat(alarm.priority()).isEqualTo("high");
            List<String> story = events(alarm);
            // Whoever saw the lower priority has not seen the higher one.
            boolean acknowledgedFirst = story.indexOf("acknowledged") < story.indexOf("escalated");
            assertThat(story).startsWith("raised").contains("escalated", "acknowledged");
            assertThat(story.contains("acknowledgement-withdrawn")).isEqualTo(acknowledgedFirst);
            assertThat(alarm.acknowledged()).isEqualTo(!acknowledgedFirst);
        }
    }

    private void bed(String code) {
        places.add(new PlaceView(code, "CC", PlaceKind.BED, null));
    }

    private Receipt take(String place, double value, OffsetDateTime at) throws Exception {
        return intake.take(List.of(new Draft(0, "heart-rate", place, value, null, at, null)), time.now());
    }

    private AlarmView only(String place) throws Exception {
        List<AlarmView> found = alarms.find(new AlarmFilter(null, null, null, null, null, place, null, null, null), null, 10).items();
        assertThat(found).hasSize(1);
        return alarms.get(found.get(0).id());
    }

    private static List<String> events(AlarmView alarm) {
        return alarm.events().stream().map(AlarmView.Event::type).toList();
    }

    private <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> task : tasks) {
            running.add(executor.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                return task.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) {
            results.add(one.get(30, TimeUnit.SECONDS));
        }
        return results;
    }
}
