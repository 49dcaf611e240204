package org.velador.ear.inside;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.platform.control.Migrations;
import org.velador.site.control.LostInstances;

/** Several instances notice the same at the same time, beside the heartbeat of the one that runs. */
@ArquillianTest
class LostInstancesIT {

    private static final int JUDGES = 8;

    @Resource(mappedName = Migrations.DATA_SOURCE)
    DataSource dataSource;

    @Resource(mappedName = "java:comp/DefaultManagedExecutorService")
    ManagedExecutorService executor;

    @EJB
    Workbench workbench;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @BeforeEach
    void twoAreSilent() throws SQLException {
        execute("""
                insert into instance (name, run, address, version, started_at, heard_since, last_seen, state, requests_per_second, in_flight, settings)
                select name, gen_random_uuid(), name, '1.0', now(), now() - interval '1 hour', now() - silent * interval '1 second', 'UP', 0, 0, '{}'
                from (values ('judge', 0), ('silent-1', 20), ('silent-2', 30)) as i (name, silent)""");
    }

    @AfterEach
    void removeThem() throws Exception {
        execute("delete from instance where name in ('judge', 'silent-1', 'silent-2')");
        judgeAtOnce();
    }

    @Test
    void manyJudgesRaiseAndClearTheAlarmOfEachOnce() throws Exception {
        for (int round = 1; round <= 10; round++) {
            judgeAtOnce();
            assertThat(count("cleared_at is null")).isEqualTo(2);

            execute("update instance set last_seen = now() where name like 'silent-%'");
            judgeAtOnce();
            assertThat(count("cleared_at is null")).isZero();
            assertThat(count("cleared_at is not null")).isEqualTo(2L * round);
            assertThat(events("RAISED")).isEqualTo(2L * round);
            assertThat(events("CLEARED")).isEqualTo(2L * round);

            execute("update instance set last_seen = now() - interval '20 seconds' where name like 'silent-%'");
        }
    }

    private void judgeAtOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(JUDGES);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < JUDGES; i++) {
            running.add(executor.submit(() -> {
                try (Connection connection = dataSource.getConnection()) {
                    start.await(10, TimeUnit.SECONDS);
                    return new LostInstances(connection).look("judge");
                }
            }));
        }
        for (Future<?> one : running) {
            one.get(30, TimeUnit.SECONDS);
        }
    }

    private long count(String condition) throws SQLException {
        return workbench.committed("select count(*) from alarm where subject like 'silent-%' and " + condition);
    }

    private long events(String type) throws SQLException {
        return workbench.committed("select count(*) from alarm_event e join alarm a on a.id = e.alarm_id where a.subject like 'silent-%' and e.type = ?", type);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
