package org.velador.ear.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.measurements.control.Draft;
import org.velador.measurements.control.MeasurementIntake;
import org.velador.places.control.PlaceCatalog;
import org.velador.places.control.PlaceView;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.Time;

/** That there is always a partition for what is measured. */
@ArquillianTest
class PartitionsIT {

    private static final String MISSING = """
            select cardinality(missing_measurement_weeks(
                (select upper(time) from measurement_partition where lower_inf(time)), now() + interval '8 weeks'))""";

    @EJB
    MeasurementIntake intake;

    @EJB
    PlaceCatalog places;

    @EJB
    Workbench workbench;

    @Inject
    Time time;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void areMadeBeforeTheInstanceIsReady() throws Exception {
        assertThat(workbench.committed(MISSING)).isZero();
        assertThat(workbench.committed("select count(*) from measurement_partition")).isGreaterThanOrEqualTo(1 + 4 + 1 + 8);
    }

    @Test
    void theTimerMakesWhatIsMissing() throws Exception {
        workbench.execute("drop table " + nameOf("now() + interval '8 weeks'"));
        assertThat(workbench.committed(MISSING)).isOne();
        // It looks every minute.
        awaitNoneMissing(Duration.ofSeconds(75));
    }

    @Test
    void whatFindsNoneIsRefusedForNowAndHasOneAtOnce() throws Exception {
        places.add(new PlaceView("PA-1", "PA", PlaceKind.BED, null));
        String thisWeek = nameOf("now()");
        while (time.now().getSecond() >= 15 && time.now().getSecond() <= 18) {
            // The timer would be the first to notice.
            Thread.sleep(100);
        }
        workbench.execute("alter table measurement detach partition " + thisWeek);
        try {
            OffsetDateTime now = time.now();
            Draft draft = new Draft(0, "heart-rate", "PA-1", 80.0, null, now, null);
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> intake.take(List.of(draft), now))
                    .satisfies(e -> assertThat(DatabaseFailure.problemOf(e).orElseThrow().status()).isEqualTo(503));
            awaitNoneMissing(Duration.ofSeconds(10));
            assertThat(intake.take(List.of(draft), now).stored()).isOne();
        } finally {
            // What other tests have measured.
            workbench.execute("select make_measurement_partitions(now()); insert into measurement select * from " + thisWeek + "; drop table " + thisWeek);
        }
    }

    private String nameOf(String time) throws Exception {
        return workbench.text("select name::text from measurement_partition where time @> " + time);
    }

    private void awaitNoneMissing(Duration patience) throws Exception {
        Instant deadline = Instant.now().plus(patience);
        while (workbench.committed(MISSING) > 0) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }
}
