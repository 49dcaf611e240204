package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What three instances tell of one that is gone. */
@ExtendWith(SharedSite.class)
class LostInstanceIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void killedInstanceRaisesOneAlarmThatItsReturnClears(Site site) throws Exception {
        String name = name(site.instances().get(2));
        await(Duration.ofSeconds(60), () -> heard(site).containsAll(names(site)));
        int before = alarms(site, name).size();
        site.instances().get(2).kill();
        assertThat(site.instances().get(2).awaitEnd(Duration.ofSeconds(10))).isTrue();

        // 15 s of silence, a heartbeat of 5 s until somebody looks, and two more in which the others look.
        await(Duration.ofSeconds(45), () -> alarms(site, name).size() > before);
        Thread.sleep(11_000);
        // Newest first.
        assertThat(alarms(site, name)).hasSize(before + 1);
        assertThat(alarms(site, name).get(0).path("state").asText()).isEqualTo("active");

        site.instances().get(2).start();
        site.instances().get(2).awaitReady(site.settings().readyWithin());
        await(Duration.ofSeconds(20), () -> alarms(site, name).get(0).path("state").asText().equals("cleared"));
        assertThat(alarms(site, name)).hasSize(before + 1);
        await(Duration.ofSeconds(30), () -> site.gateway().targets().stream().allMatch(target -> target.healthy()));
    }

    @Test
    void siteThatWasKilledAsAWholeComesBackWithoutAlarms(Site site) throws Exception {
        Instant killed = Instant.now();
        for (InstanceProcess instance : site.instances()) {
            instance.kill();
            assertThat(instance.awaitEnd(Duration.ofSeconds(10))).isTrue();
        }
        // Longer than an instance may be silent.
        Thread.sleep(17_000);
        for (InstanceProcess instance : site.instances()) {
            instance.start();
        }
        for (InstanceProcess instance : site.instances()) {
            instance.awaitReady(site.settings().readyWithin());
        }
        Instant back = Instant.now();
        await(Duration.ofSeconds(30), () -> site.gateway().targets().stream().allMatch(target -> target.healthy()));
        // Long enough for each to be up for 15 s and to judge the others.
        await(Duration.ofSeconds(30), () -> Instant.now().isAfter(back.plusSeconds(21)));
        for (InstanceProcess instance : site.instances()) {
            assertThat(alarms(site, name(instance))).noneMatch(a -> a.path("state").asText().equals("active"));
            assertThat(alarms(site, name(instance))).noneMatch(a -> Instant.parse(a.path("raisedAt").asText()).isAfter(killed));
        }
    }

    private static List<String> names(Site site) {
        return site.instances().stream().map(LostInstanceIT::name).toList();
    }

    /** Others may be lost that a fault test has added and killed. */
    private static List<String> heard(Site site) throws Exception {
        List<String> heard = new ArrayList<>();
        for (JsonNode instance : get(site, "/api/site").path("instances")) {
            if (instance.path("state").asText().equals("up")) {
                heard.add(instance.path("name").asText());
            }
        }
        return heard;
    }

    private static String name(InstanceProcess instance) {
        return instance.address().getAddress().getHostAddress() + ":" + instance.address().getPort();
    }

    private static JsonNode alarms(Site site, String subject) throws Exception {
        var found = new ObjectMapper().createArrayNode();
        get(site, "/api/alarms?kind=technical&limit=1000").path("items").forEach(a -> {
            if (a.path("subject").asText().equals(subject)) {
                found.add(a);
            }
        });
        return found;
    }

    private static JsonNode get(Site site, String path) throws Exception {
        URI uri = site.uri().resolve(path);
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(uri).header("X-API-Key", site.serviceKey("tests")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static void await(Duration within, Callable<Boolean> condition) throws Exception {
        Instant deadline = Instant.now().plus(within);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(200);
        }
    }
}
