package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.node.Database;

/** The site as hospital IT sees it, with rows of further instances that are not there. */
@ArquillianTest
@RunAsClient
class SiteApiIT {

    @ArquillianResource
    URL site;

    @ArquillianResource
    Database database;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @AfterEach
    void removeTheOthers() throws Exception {
        database.execute("delete from instance where name like 'other-%'");
        await(() -> database.number("select count(*) from alarm where kind = 'TECHNICAL' and cleared_at is null") == 0);
    }

    @Test
    void instanceShowsItselfAndItsDatabase() throws Exception {
        Api api = Api.at(site);
        api.get("/api/variables").is(200);
        await(() -> me(api).path("requestsPerSecond").asDouble() > 0);

        JsonNode answer = api.get("/api/site").is(200).json();
        JsonNode me = me(api);
        assertThat(me.path("name")).isEqualTo(answer.path("answeredBy"));
        assertThat(me.path("address").asText()).isEqualTo(api.base().getHost() + ":" + api.base().getPort());
        assertThat(me.path("version").asText()).matches("\\d+\\.\\d+.*");
        assertThat(me.path("state").asText()).isEqualTo("up");
        assertThat(me.path("p99Millis").asDouble()).isPositive();
        // It is being answered while it is counted.
        assertThat(me.path("inFlight").asInt(-1)).isNotNegative();
        assertThat(Instant.parse(me.path("startedAt").asText())).isBefore(Instant.parse(me.path("lastSeenAt").asText()));
        assertThat(answer.path("database").path("reachable").asBoolean()).isTrue();
        assertThat(answer.path("database").path("roundTripMillis").asDouble()).isPositive();
        assertThat(answer.path("database").path("sizeBytes").asLong()).isGreaterThan(1_000_000);
        assertThat(answer.path("database").path("version").asText()).startsWith("18");
        assertThat(answer.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(answer.path("loadBalancer").path("known").asBoolean(true)).isFalse();
        assertThat(answer.path("loadBalancer").path("reason").asText()).isEqualTo("VELADOR_KONG_ADMIN is not set.");
        assertThat(answer.path("warnings")).isEmpty();
    }

    @Test
    void heartbeatGoesOn() throws Exception {
        Api api = Api.at(site);
        String before = me(api).path("lastSeenAt").asText();

        await(() -> !me(api).path("lastSeenAt").asText().equals(before));
    }

    @Test
    void lostInstancesRaiseOneAlarmEachThatIsAcknowledgedAndClearedWhenTheyAreHeardAgain() throws Exception {
        Api api = Api.at(site);
        other("other-1", 20, Map.of());
        other("other-2", 20, Map.of());
        await(() -> alarms(api, "&state=active").size() == 2);
        // Two more rounds of the heartbeat.
        String seen = me(api).path("lastSeenAt").asText();
        await(() -> Instant.parse(me(api).path("lastSeenAt").asText()).isAfter(Instant.parse(seen).plusSeconds(6)));

        List<JsonNode> raised = alarms(api, "&state=active");
        assertThat(raised).extracting(a -> a.path("subject").asText(), a -> a.path("condition").asText(), a -> a.path("priority").asText())
                .containsExactlyInAnyOrder(tuple("other-1", "instance-lost", "medium"), tuple("other-2", "instance-lost", "medium"));
        assertThat(raised).allSatisfy(a -> assertThat(a.has("variable") || a.has("place") || a.has("value") || a.has("side")).isFalse());
        assertThat(api.get("/api/alarms?kind=physiological&limit=1000").is(200).items()).noneMatch(a -> a.has("condition"));
        assertThat(api.get("/api/site").json().path("warnings")).extracting(w -> w.path("kind").asText(), w -> w.path("subject").asText())
                .contains(tuple("instance-lost", "other-1"), tuple("instance-lost", "other-2"));

        String path = "/api/alarms/" + raised.get(0).path("id").asLong();
        JsonNode acknowledged = api.post(path + "/acknowledgement", "{\"note\":\"looking after it\"}").is(200).json();
        assertThat(acknowledged.path("acknowledged").asBoolean()).isTrue();

        database.execute("update instance set last_seen = now() where name like 'other-%'");
        await(() -> alarms(api, "&state=active").isEmpty());
        JsonNode cleared = api.get(path).is(200).json();
        List<String> story = new ArrayList<>();
        cleared.path("events").forEach(e -> story.add(e.path("type").asText() + " " + e.path("reason").asText()));
        assertThat(story).containsExactly("raised not-heard-of", "acknowledged by-a-person", "cleared heard-again");
    }

    @Test
    void onlyALostInstanceCanBeRemovedAndThatClearsItsAlarm() throws Exception {
        Api api = Api.at(site);
        other("other-3", 0, Map.of());
        api.delete("/api/site/instances/other-3", "").isProblem(409, "instance-not-lost");
        api.delete("/api/site/instances/no-such", "").isProblem(404, "not-found");

        database.execute("update instance set last_seen = now() - interval '20 seconds' where name = 'other-3'");
        await(() -> alarms(api, "&state=active").size() == 1);
        long id = alarms(api, "&state=active").get(0).path("id").asLong();
        api.delete("/api/site/instances/other-3", "").is(204);

        JsonNode cleared = api.get("/api/alarms/" + id).is(200).json();
        assertThat(cleared.path("state").asText()).isEqualTo("cleared");
        assertThat(cleared.path("events").path(1).path("reason").asText()).isEqualTo("removed");
        assertThat(api.get("/api/site").json().path("instances")).hasSize(1);
    }

    @Test
    void settingsAreShownWithTheirOriginAndWithoutSecrets() throws Exception {
        Api api = Api.at(site);
        Answer answer = api.get("/api/site/configuration").is(200);

        assertThat(answer.body()).doesNotContain(Database.SECRET);
        assertThat(setting(answer, "VELADOR_DB_PASSWORD").path("value").asText()).isEqualTo("***");
        assertThat(setting(answer, "VELADOR_DB_URL").path("value").asText()).startsWith("jdbc:postgresql://127.0.0.1:").endsWith("?password=***");
        assertThat(setting(answer, "VELADOR_DRAIN_SECONDS").path("origin").asText()).isEqualTo("environment");
        assertThat(setting(answer, "VELADOR_REQUESTS").path("value").asText()).isEqualTo("8");
        assertThat(setting(answer, "VELADOR_REQUESTS").path("origin").asText()).isEqualTo("default");
        assertThat(setting(answer, "VELADOR_INSTANCE").path("origin").asText()).isEqualTo("default");
        assertThat(setting(answer, "VELADOR_HEAP").path("value").asText()).isEqualTo("384m");
        assertThat(setting(answer, "VELADOR_KONG_ADMIN").has("value")).isFalse();
        assertThat(database.number("select count(*) from instance where settings::text like '%' || ? || '%'", Database.SECRET)).isZero();
        assertThat(database.number("select count(*) from instance where settings ->> 'VELADOR_DB_PASSWORD' = '***'")).isOne();
    }

    @Test
    void settingThatDiffersIsAWarningUnlessItIsMeantTo() throws Exception {
        Api api = Api.at(site);
        other("other-4", 0, Map.of("VELADOR_HEAP", "1g", "VELADOR_ADDRESS", "127.0.0.99"));
        // Of the settings that the row lacks each is another warning.
        JsonNode warnings = api.get("/api/site").is(200).json().path("warnings");
        assertThat(warnings).extracting(w -> w.path("subject").asText()).contains("VELADOR_HEAP").doesNotContain("VELADOR_ADDRESS");
        assertThat(warnings).extracting(w -> w.path("detail").asText()).anyMatch(detail -> detail.contains("other-4 has 1g"));
        assertThat(warnings).extracting(w -> w.path("kind").asText()).contains("versions-differ");

        JsonNode heap = setting(api.get("/api/site/configuration").is(200), "VELADOR_HEAP");
        assertThat(heap.path("differs").asBoolean()).isTrue();
        assertThat(heap.path("instances").path("other-4").asText()).isEqualTo("1g");
    }

    @Test
    void siteIsToldWhileTheDatabaseHangs() throws Exception {
        Api api = Api.at(site);
        api.get("/api/site").is(200);
        database.freeze();
        try {
            for (String path : List.of("/api/site", "/api/site/configuration", "/api/site")) {
                Instant start = Instant.now();
                JsonNode answer = api.get(path).is(200).json();
                assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
                if (answer.has("database")) {
                    assertThat(answer.path("database").path("reachable").asBoolean(true)).isFalse();
                    assertThat(answer.path("database").path("reason").asText()).isNotBlank();
                    assertThat(answer.path("instances")).hasSize(1);
                }
            }
        } finally {
            database.thaw();
        }
        await(() -> api.get("/api/site").is(200).json().path("database").path("reachable").asBoolean());
    }

    @Test
    void heartbeatOutlivesADatabaseThatIsAway() throws Exception {
        Api api = Api.at(site);
        database.stop();
        try {
            Instant start = Instant.now();
            assertThat(api.get("/api/site").is(200).json().path("database").path("reachable").asBoolean(true)).isFalse();
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        } finally {
            database.start();
        }
        long before = database.number("select extract(epoch from max(last_seen)) * 1000 from instance");
        await(() -> database.number("select extract(epoch from max(last_seen)) * 1000 from instance") > before);
        await(() -> api.get("/health/ready").status() == 200);
    }

    private void other(String name, int silentSeconds, Map<String, String> settings) throws Exception {
        database.execute("""
                insert into instance (name, run, address, version, started_at, heard_since, last_seen, state, requests_per_second, in_flight, settings)
                values (?, gen_random_uuid(), ?, '0.0', now() - interval '1 hour', now() - interval '1 hour', now() - ? * interval '1 second',
                        'UP', 0, 0, ?::jsonb)""", name, name + ":8080", silentSeconds, Api.json(settings));
    }

    private static JsonNode me(Api api) throws Exception {
        JsonNode answer = api.get("/api/site").is(200).json();
        for (JsonNode instance : answer.path("instances")) {
            if (instance.path("name").equals(answer.path("answeredBy"))) {
                return instance;
            }
        }
        throw new AssertionError("The instance does not show itself: " + answer);
    }

    private static List<JsonNode> alarms(Api api, String filter) throws Exception {
        return api.get("/api/alarms?kind=technical" + filter).is(200).items();
    }

    private static JsonNode setting(Answer answer, String name) throws Exception {
        for (JsonNode setting : answer.json().path("settings")) {
            if (setting.path("name").asText().equals(name)) {
                return setting;
            }
        }
        throw new AssertionError("There is no " + name + " in " + answer.body());
    }

    /** An instance that has just started, or heard nothing of its database, judges others after 15 s. */
    private static void await(Callable<Boolean> condition) throws Exception {
        Instant deadline = Instant.now().plusSeconds(40);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(100);
        }
    }
}
