package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The audit of three instances, of which one is killed with something unsealed and stays away. */
@ExtendWith(SharedSite.class)
class UnsealedAuditIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void whatALostInstanceHasLeftIsSealedByAnotherInItsChain(Site site) throws Exception {
        InstanceProcess lost = site.instances().get(2);
        String name = lost.address().getAddress().getHostAddress() + ":" + lost.address().getPort();
        for (InstanceProcess instance : site.instances()) {
            place(site, instance, "AUDIT-" + instance.address().getAddress().getHostAddress().replace('.', '-') + "-" + instance.address().getPort());
        }
        try (Connection superuser = site.database().connectAsSuperuser(); Statement statement = superuser.createStatement()) {
            await(Duration.ofSeconds(10), () -> rows(superuser, "select distinct instance from audit_entry where object like 'AUDIT-%'").size() == 3);
            superuser.setAutoCommit(false);
            // Its sealer cannot seal: what is done now is committed and not sealed when it is killed.
            statement.execute("select * from audit_chain where instance = '" + name + "' for update");
            place(site, lost, "AUDIT-LEFT");
            lost.kill();
            assertThat(lost.awaitEnd(Duration.ofSeconds(10))).isTrue();
            superuser.rollback();
            superuser.setAutoCommit(true);
            assertThat(rows(superuser, "select instance from audit_draft where object = 'AUDIT-LEFT'")).containsExactly(name);

            // 15 s of silence, and 5 s until somebody looks.
            await(Duration.ofSeconds(45), () -> !rows(superuser, "select 1 from audit_entry where object = 'AUDIT-LEFT'").isEmpty());
            assertThat(rows(superuser, "select instance || (sealed_by <> instance) from audit_entry where object = 'AUDIT-LEFT'")).containsExactly(name + "true");
            lost.start();
            lost.awaitReady(site.settings().readyWithin());
            place(site, lost, "AUDIT-AGAIN");
            await(Duration.ofSeconds(10), () -> !rows(superuser, "select 1 from audit_entry where object = 'AUDIT-AGAIN'").isEmpty());
            assertThat(rows(superuser, """
                    select a.instance || (a.number > l.number) from audit_entry a, audit_entry l
                    where a.object = 'AUDIT-AGAIN' and l.object = 'AUDIT-LEFT'""")).containsExactly(name + "true");
            assertThat(rows(superuser, """
                    select instance from audit_entry group by instance
                    having max(number) <> count(*) or max(number) <> (select number from audit_chain c where c.instance = audit_entry.instance)""")).isEmpty();
        }
        await(Duration.ofSeconds(30), () -> site.gateway().targets().stream().allMatch(target -> target.healthy()));
    }

    private static void place(Site site, InstanceProcess instance, String code) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + instance.address().getAddress().getHostAddress() + ":" + instance.address().getPort() + "/api/places"))
                .timeout(Duration.ofSeconds(10)).header("Content-Type", "application/json").header("X-API-Key", site.serviceKey("tests"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"%s\",\"ward\":\"AUDIT\",\"kind\":\"room\"}".formatted(code))).build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row.getString(1));
            }
            return rows;
        }
    }

    private static void await(Duration within, Callable<Boolean> condition) throws Exception {
        Instant deadline = Instant.now().plus(within);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }
}
