package org.velador.ear.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.velador.alarms.control.AlarmDesk;
import org.velador.ear.ShippedArchive;
import org.velador.measurements.control.Draft;
import org.velador.measurements.control.MeasurementIntake;
import org.velador.measurements.control.Receipt;
import org.velador.places.control.PlaceCatalog;
import org.velador.places.control.PlaceView;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.control.ProblemException;
import org.velador.platform.control.Time;
import org.velador.variables.control.VariableCatalog;
import org.velador.variables.control.VariableView;

/** What one transaction holds together, by the server's own transaction manager. */
@ArquillianTest
class TransactionsIT {

    @EJB
    MeasurementIntake intake;

    @EJB
    AlarmDesk desk;

    @EJB
    PlaceCatalog places;

    @EJB
    VariableCatalog variables;

    @EJB
    Workbench workbench;

    @Inject
    Time time;

    @Resource(mappedName = "java:comp/UserTransaction")
    UserTransaction transaction;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @AfterEach
    void endTransaction() throws Exception {
        if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
            transaction.rollback();
        }
    }

    @Test
    void failureAfterAnIntakeTakesMeasurementAndAlarmBack() throws Exception {
        bed("TX-1");
        transaction.begin();
        Receipt receipt = intake.take(List.of(tachycardia("TX-1")), time.now());
        assertThat(receipt.stored()).isOne();
        assertThat(receipt.openAlarms()).hasSize(1);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> desk.acknowledge(-1, null, time.now()));
        assertThatExceptionOfType(RollbackException.class).isThrownBy(transaction::commit);

        assertThat(measurementsAt("TX-1")).isZero();
        assertThat(alarmsAt("TX-1")).isZero();
        assertThat(workbench.committed("select count(*) from latest_measurement l join place p on p.id = l.place_id where p.code = 'TX-1'")).isZero();
    }

    @Test
    void measurementAndAlarmAreCommittedTogether() throws Exception {
        bed("TX-2");
        transaction.begin();
        intake.take(List.of(tachycardia("TX-2")), time.now());
        assertThat(measurementsAt("TX-2")).isZero();
        assertThat(alarmsAt("TX-2")).isZero();
        transaction.commit();

        assertThat(measurementsAt("TX-2")).isOne();
        assertThat(alarmsAt("TX-2")).isOne();
    }

    @Test
    void refusalRollsBackWhatItsTransactionDidBefore() throws Exception {
        transaction.begin();
        variables.add(new VariableView("rolled-back", "Rolled back", "/min", null, null, 0.0, 1.0));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> variables.get("no-such-variable"))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(404));
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        assertThatExceptionOfType(RollbackException.class).isThrownBy(transaction::commit);

        assertThat(workbench.committed("select count(*) from variable where code = 'rolled-back'")).isZero();
    }

    @Test
    void refusedMeasurementDoesNotRollBackTheOthers() throws Exception {
        bed("TX-3");
        Receipt receipt = intake.take(List.of(
                tachycardia("TX-3"), new Draft(1, "heart-rate", "no-such-place", 80.0, null, null, null)), time.now());

        assertThat(receipt.rejected()).singleElement().satisfies(r -> assertThat(r.type()).endsWith(":unknown-place"));
        assertThat(measurementsAt("TX-3")).isOne();
    }

    @Test
    void jpaAndPlainSqlShareOneConnectionAndTransaction() throws Exception {
        transaction.begin();
        String before = workbench.transactionBySql();
        places.add(new PlaceView("TX-4", "TX", PlaceKind.BED, null));
        String after = workbench.transactionByJpa();
        intake.take(List.of(tachycardia("TX-4")), time.now());

        assertThat(after).isEqualTo(before);
        assertThat(workbench.transactionBySql()).isEqualTo(before);
        transaction.rollback();
        assertThat(workbench.committed("select count(*) from place where code = 'TX-4'")).isZero();
    }

    @Test
    void failureOfTheDatabaseInsideAFacadeRollsBackWhatItsTransactionDidBefore() throws Exception {
        bed("TX-5");
        transaction.begin();
        variables.add(new VariableView("lost-with-the-database", "Lost", "/min", null, null, 0.0, 1.0));
        failingOnAlarmEvents(() -> assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> intake.take(List.of(tachycardia("TX-5")), time.now())).withMessageContaining("out of paper"));

        // The container has decided so; that PostgreSQL would refuse to commit as well is not what is looked at.
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        assertThatExceptionOfType(RollbackException.class).isThrownBy(transaction::commit);
        assertThat(measurementsAt("TX-5")).isZero();
        assertThat(alarmsAt("TX-5")).isZero();
        assertThat(workbench.committed("select count(*) from variable where code = 'lost-with-the-database'")).isZero();
    }

    @Test
    void failureOfTheDatabaseInAnIntakesOwnTransactionStoresNothingAndTheRepetitionAll() throws Exception {
        bed("TX-6");
        Draft draft = new Draft(0, "heart-rate", "TX-6", 190.0, null, time.now(), null);
        failingOnAlarmEvents(() -> assertThatExceptionOfType(SQLException.class).isThrownBy(() -> intake.take(List.of(draft), time.now())));
        assertThat(measurementsAt("TX-6")).isZero();

        assertThat(intake.take(List.of(draft), time.now()).openAlarms()).hasSize(1);
        assertThat(measurementsAt("TX-6")).isOne();
    }

    /** While something runs, PostgreSQL refuses to store any event of an alarm, the last thing that an intake stores. */
    private void failingOnAlarmEvents(ThrowingCallable something) throws Exception {
        workbench.execute("""
                create function refuse() returns trigger language plpgsql as $$ begin raise exception 'out of paper'; end $$;
                create trigger refuse before insert on alarm_event execute function refuse()""");
        try {
            something.call();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            workbench.execute("drop function refuse() cascade");
        }
    }

    private void bed(String code) {
        places.add(new PlaceView(code, "TX", PlaceKind.BED, null));
    }

    private Draft tachycardia(String place) {
        return new Draft(0, "heart-rate", place, 190.0, null, null, null);
    }

    private long measurementsAt(String place) throws Exception {
        return workbench.committed("select count(*) from measurement m join place p on p.id = m.place_id where p.code = ?", place);
    }

    private long alarmsAt(String place) throws Exception {
        return workbench.committed("select count(*) from alarm a join place p on p.id = a.place_id where p.code = ?", place);
    }
}
