package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One history, written and read on all instances. */
@ExtendWith(SharedSite.class)
class SharedHistoryIT {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String key;

    @BeforeEach
    void enter(Site site) {
        key = site.serviceKey("tests");
    }

    @Test
    void whatOneInstanceWritesEveryOtherReadsAtOnceAndVerifies(Site site) throws Exception {
        patient(site, "SITE-H1");
        String[] tags = new String[site.instances().size()];
        for (int entry = 1; entry <= 12; entry++) {
            append(site.instances().get(entry % 3), "SITE-H1");
            for (int i = 0; i < tags.length; i++) {
                HttpResponse<String> read = read(site.instances().get(i), "SITE-H1", tags[i]);
                assertThat(read.statusCode()).as("a tag of before the entry").isEqualTo(200);
                assertThat(JSON.readTree(read.body()).get("items")).hasSize(entry);
                assertThat(JSON.readTree(read.body()).at("/integrity/state").asText()).isEqualTo("verified");
                tags[i] = read.headers().firstValue("ETag").orElseThrow();
                assertThat(read(site.instances().get((i + 1) % 3), "SITE-H1", tags[i]).statusCode()).isEqualTo(304);
            }
            assertThat(tags).containsOnly(tags[0]);
        }
    }

    @Test
    void roleOfTheApplicationChangesNoEntry(Site site) throws Exception {
        patient(site, "SITE-H2");
        append(site.instances().get(0), "SITE-H2");
        for (String sql : new String[] {"update history_entry set text = 'x'", "delete from history_entry", "truncate history_entry", "delete from history_head"}) {
            try (Connection application = site.database().connect(); Statement statement = application.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql)).isInstanceOf(SQLException.class).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void cutOffHistoryIsNoticedOnEveryInstanceAndToldOnce(Site site) throws Exception {
        patient(site, "SITE-H3");
        for (int i = 0; i < 4; i++) {
            append(site.instances().get(i % 3), "SITE-H3");
        }
        try (Connection superuser = site.database().connectAsSuperuser(); Statement statement = superuser.createStatement()) {
            statement.execute("delete from history_entry where number > 2 and patient_id = (select id from patient where mrn = 'SITE-H3')");
        }
        for (InstanceProcess instance : site.instances()) {
            JsonNode read = JSON.readTree(read(instance, "SITE-H3", null).body());
            assertThat(read.get("integrity").toString()).isEqualTo("{\"state\":\"violated\",\"finding\":\"entry-removed\",\"entry\":3}");
        }
        JsonNode alarms = JSON.readTree(send(HttpRequest.newBuilder(site.uri().resolve("/api/integrity-alarms"))).body()).get("items");
        assertThat(alarms).filteredOn(alarm -> alarm.get("patient").asText().equals("SITE-H3")).hasSize(1);
    }

    @Test
    void rotatedKeySignsAfterARestartAndEverybodyVerifiesBoth(Site site) throws Exception {
        patient(site, "SITE-H4");
        append(site.instances().get(1), "SITE-H4");
        SiteKeys keys = SiteKeys.of(site.settings().home(), site.settings().parts().launcher());
        ProcessBuilder rotate = new ProcessBuilder(site.settings().parts().launcher().toString(), "keys", "rotate").inheritIO();
        rotate.environment().put("JAVA_HOME", System.getProperty("java.home"));
        rotate.environment().putAll(keys.settings());
        assertThat(rotate.start().waitFor()).isZero();
        InstanceProcess restarted = site.instances().get(0);
        restarted.terminate();
        assertThat(restarted.awaitEnd(site.settings().drain().plusSeconds(20))).isTrue();
        restarted.start();
        restarted.awaitReady(site.settings().readyWithin());

        append(restarted, "SITE-H4");
        append(site.instances().get(2), "SITE-H4");
        for (InstanceProcess instance : site.instances()) {
            JsonNode read = JSON.readTree(read(instance, "SITE-H4", null).body());
            assertThat(read.at("/integrity/state").asText()).as(read.toString()).isEqualTo("verified");
            Set<String> keyIds = new TreeSet<>();
            read.get("items").forEach(entry -> keyIds.add(entry.get("keyId").asText()));
            assertThat(keyIds).hasSize(2);
        }
        assertThat(Files.readString(restarted.log())).doesNotContain("one role for everything");
    }

    private static void patient(Site site, String mrn) throws Exception {
        assertThat(post(site.uri().resolve("/api/patients"), "{\"mrn\":\"" + mrn + "\",\"name\":\"N\",\"sex\":\"unknown\"}").statusCode()).isEqualTo(201);
    }

    private static void append(InstanceProcess instance, String mrn) throws Exception {
        HttpResponse<String> answer = post(instance.uri().resolve("/api/patients/" + mrn + "/history"), "{\"author\":\"RN Okafor\",\"text\":\"by " + instance.name() + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static HttpResponse<String> read(InstanceProcess instance, String mrn, String tag) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(instance.uri().resolve("/api/patients/" + mrn + "/history"));
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        return send(request);
    }

    private static HttpResponse<String> post(URI uri, String json) throws Exception {
        return send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.header("X-API-Key", key).build(), HttpResponse.BodyHandlers.ofString());
    }
}
