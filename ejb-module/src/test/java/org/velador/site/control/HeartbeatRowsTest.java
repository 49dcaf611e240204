package org.velador.site.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.velador.platform.control.Sql;
import org.velador.platform.control.TestDatabase;
import org.velador.site.entity.InstanceState;

/** Heartbeats, and what they say of those that have none, on a database of their own. */
class HeartbeatRowsTest {

    private static final Traffic.Figures QUIET = new Traffic.Figures(12.5, 3.2, 1);

    private final DataSource database = TestDatabase.create();
    private final ThisInstance self = new ThisInstance();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = database.getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void instanceTellsOfItself() throws SQLException {
        tell(self, false);

        assertThat(Snapshot.read(connection).instances()).singleElement().satisfies(told -> {
            assertThat(told.instance().name()).isEqualTo(self.name());
            assertThat(told.instance().version()).isEqualTo(self.version()).matches("\\d+\\.\\d+.*");
            assertThat(told.instance().state()).isEqualTo(InstanceState.UP);
            assertThat(told.instance().requestsPerSecond()).isEqualTo(12.5);
            assertThat(told.instance().p99Millis()).isEqualTo(3.2);
            assertThat(told.instance().startedAt()).isBefore(told.instance().lastSeenAt());
            assertThat(told.contested()).isFalse();
        });
    }

    @Test
    void listeningOnEveryAddressItIsKnownByTheOneTheDatabaseSees() throws SQLException {
        tell(self, false);

        assertThat(Snapshot.read(connection).instances().get(0).instance().address()).isEqualTo("127.0.0.1:8080");
    }

    @Test
    void startStaysTheSameFromBeatToBeatAndIsNewWithANewRun() throws SQLException {
        tell(self, false);
        execute("update instance set started_at = now() - interval '1 hour'");
        tell(self, true);
        assertThat(number("select count(*) from instance where started_at < now() - interval '59 minutes'")).isOne();

        tell(new ThisInstance(), false);
        assertThat(number("select count(*) from instance where started_at < now() - interval '59 minutes'")).isZero();
    }

    @Test
    void silentForMoreThan15SecondsIsLost() throws SQLException {
        tell(self, false);
        execute("update instance set last_seen = now() - interval '14.9 seconds'");
        assertThat(state()).isEqualTo(InstanceState.UP);

        execute("update instance set last_seen = now() - interval '15.1 seconds'");
        assertThat(state()).isEqualTo(InstanceState.LOST);
    }

    @Test
    void instanceThatStopsInOrderLeavesNothingBehind() throws SQLException {
        tell(self, false);
        new InstanceRows(connection).remove(self);

        assertThat(number("select count(*) from instance")).isZero();
    }

    @Test
    void rowOfAnotherRunIsNotTakenAway() throws SQLException {
        tell(self, false);
        tell(new ThisInstance(), false);
        new InstanceRows(connection).remove(self);

        assertThat(number("select count(*) from instance")).isOne();
    }

    @Test
    void twoOfTheSameNameAreNoticedAndARestartIsNot() throws SQLException {
        ThisInstance other = new ThisInstance();
        assertThat(tell(self, false)).isFalse();
        assertThat(tell(other, false)).isFalse();
        assertThat(tell(other, true)).isFalse();

        assertThat(tell(self, true)).isTrue();
        assertThat(tell(other, true)).isTrue();
        assertThat(Snapshot.read(connection).instances().get(0).contested()).isTrue();
    }

    @Test
    void lostInstanceRaisesOneAlarmAndClearsItWhenItIsHeardAgain() throws SQLException {
        row("judge", 60, 1);
        row("gone", 60, 20);

        assertThat(look()).containsExactly("gone");
        assertThat(look()).isEmpty();
        assertThat(events()).containsExactly("gone RAISED NOT_HEARD_OF");
        assertThat(number("select count(*) from alarm a, instance i where i.name = 'gone' and a.raised_at = i.last_seen + interval '15 s'")).isOne();

        execute("update instance set last_seen = now() where name = 'gone'");
        look();
        look();
        assertThat(events()).containsExactly("gone RAISED NOT_HEARD_OF", "gone CLEARED HEARD_AGAIN");
        assertThat(number("select count(*) from alarm where cleared_at is null")).isZero();
    }

    @Test
    void lostASecondTimeIsAnAlarmOfItsOwn() throws SQLException {
        row("judge", 60, 1);
        row("gone", 60, 30);
        look();
        execute("update instance set last_seen = now() where name = 'gone'");
        look();
        execute("update instance set last_seen = now() - interval '16 seconds' where name = 'gone'");

        assertThat(look()).containsExactly("gone");
        assertThat(number("select count(*) from alarm")).isEqualTo(2);
    }

    @Test
    void removedOrStoppedInstanceHasNoOpenAlarm() throws SQLException {
        row("judge", 60, 1);
        row("gone", 60, 20);
        look();
        execute("delete from instance where name = 'gone'");
        look();

        assertThat(events()).containsExactly("gone RAISED NOT_HEARD_OF", "gone CLEARED REMOVED");
    }

    @Test
    void whoHasNotBeenHeardFor15SecondsJudgesNobody() throws SQLException {
        row("judge", 14, 1);
        row("gone", 60, 3600);

        assertThat(look()).isEmpty();
        assertThat(events()).isEmpty();
    }

    @Test
    void gapInOnesOwnHeartbeatsMakesOneNewToTheSite() throws SQLException {
        tell(self, false);
        execute("update instance set heard_since = now() - interval '1 hour', last_seen = now() - interval '6 seconds'");
        tell(self, true);
        assertThat(number("select count(*) from instance where heard_since < now() - interval '59 minutes'")).isOne();

        execute("update instance set last_seen = now() - interval '8 seconds'");
        tell(self, true);
        assertThat(number("select count(*) from instance where heard_since < now() - interval '1 second'")).isZero();
    }

    @Test
    void thatADrainingInstanceIsGoneIsNoNews() throws SQLException {
        row("judge", 60, 1);
        row("drained", 60, 20);
        execute("update instance set state = 'DRAINING' where name = 'drained'");

        assertThat(look()).isEmpty();
        new LostInstances(connection).forgetDrained();
        assertThat(number("select count(*) from instance")).isOne();
    }

    private boolean tell(ThisInstance who, boolean again) throws SQLException {
        return new InstanceRows(connection).tell(who, InstanceState.UP, QUIET, again);
    }

    private List<String> look() throws SQLException {
        return new LostInstances(connection).look("judge");
    }

    private InstanceState state() throws SQLException {
        return Snapshot.read(connection).instances().get(0).instance().state();
    }

    private void row(String name, int heardSinceSeconds, int silentSeconds) throws SQLException {
        new Sql().add("""
                insert into instance (name, run, address, version, started_at, heard_since, last_seen, state, requests_per_second, in_flight, settings)
                values (?, gen_random_uuid(), ?, '1.0', now(), now() - ? * interval '1 second', now() - ? * interval '1 second', 'UP', 0, 0, '{}')
                returning name""", name, name + ":8080", heardSinceSeconds, silentSeconds).list(connection, row -> row.getString(1));
    }

    private List<String> events() throws SQLException {
        return new Sql().add("""
                select concat_ws(' ', a.subject, e.type, e.reason)
                from alarm_event e join alarm a on a.id = e.alarm_id
                where a.kind = 'TECHNICAL' and a.condition = 'instance-lost'
                order by e.id""").list(connection, row -> row.getString(1));
    }

    private long number(String sql) throws SQLException {
        return new Sql().add(sql).list(connection, row -> row.getLong(1)).get(0);
    }

    private void execute(String sql) {
        TestDatabase.execute(database, sql);
    }
}
