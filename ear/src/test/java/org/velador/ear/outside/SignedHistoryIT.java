package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.node.Database;

/** Nobody alters a record unseen. */
@ArquillianTest
@RunAsClient
class SignedHistoryIT {

    @ArquillianResource
    URL site;

    @ArquillianResource
    Database database;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void entriesAreSignedAndCorrectedByOthers() throws Exception {
        Api api = patient("SH-1", 2);
        JsonNode correction = api.post("/api/patients/SH-1/history", "{\"author\":\"RN Okafor\",\"text\":\"not so\",\"corrects\":1}").is(201).json();
        assertThat(correction.path("corrects").asInt()).isOne();
        api.post("/api/patients/SH-1/history", "{\"author\":\"RN Okafor\",\"text\":\"?\",\"corrects\":9}").isProblem(400, "invalid-request").hasViolation("corrects");

        Answer read = api.get("/api/patients/SH-1/history").is(200);
        assertThat(read.json().path("integrity").path("state").asText()).isEqualTo("verified");
        assertThat(read.items()).hasSize(3).allSatisfy(entry -> {
            assertThat(entry.path("verified").asBoolean()).isTrue();
            assertThat(entry.path("keyId").asText()).matches("\\d{8}-\\d{6}");
        });
    }

    @Test
    void unchangedHistoryIsNotSentAgain() throws Exception {
        Api api = patient("SH-2", 3);
        Answer read = api.get("/api/patients/SH-2/history").is(200);
        assertThat(read.etag()).startsWith("\"");
        Answer again = readUnless(api, "SH-2", read.etag()).is(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.etag()).isEqualTo(read.etag());

        api.post("/api/patients/SH-2/history", "{\"author\":\"A\",\"text\":\"new\"}").is(201);
        assertThat(readUnless(api, "SH-2", read.etag()).is(200).items()).hasSize(4);
        String tag = api.get("/api/patients/SH-2/history").etag();
        database.execute("update history_entry set text = 'x' where number = 2 and patient_id = (select id from patient where mrn = 'SH-2')");
        assertThat(readUnless(api, "SH-2", tag).is(200).json().path("integrity").path("state").asText()).isEqualTo("violated");
    }

    @Test
    void whatASuperuserChangesIsShownAndRaisesOneAlarmUntilSomebodyResolvesIt() throws Exception {
        Api api = patient("SH-3", 5);
        database.execute("update history_entry set text = 'nothing happened' where number = 3 and patient_id = (select id from patient where mrn = 'SH-3')");

        Answer read = api.get("/api/patients/SH-3/history").is(200);
        assertThat(read.items()).hasSize(5).filteredOn(entry -> !entry.path("verified").asBoolean())
                .extracting(entry -> entry.path("number").asInt()).containsExactly(3);
        assertThat(read.json().path("integrity").toString()).isEqualTo("{\"state\":\"violated\",\"finding\":\"entry-altered\",\"entry\":3}");
        api.get("/api/patients/SH-3/history").is(200);

        JsonNode alarm = alarm(api, "SH-3");
        assertThat(alarm.path("finding").asText()).isEqualTo("entry-altered");
        assertThat(alarm.path("entry").asInt()).isEqualTo(3);
        assertThat(alarm.path("priority").asText()).isEqualTo("high");
        JsonNode story = api.get("/api/alarms/" + alarm.path("id").asText()).is(200).json();
        assertThat(story.path("kind").asText() + " " + story.path("patient").asText() + " " + story.path("subject").asText()).isEqualTo("integrity SH-3 entry 3");
        assertThat(api.get("/api/alarms?kind=integrity&patient=SH-3").items()).hasSize(1);

        String resolution = "/api/integrity-alarms/" + alarm.path("id").asText() + "/resolution";
        api.post(resolution, "{\"reason\":\" \"}").isProblem(400, "invalid-request").hasViolation("reason");
        JsonNode resolved = api.post(resolution, "{\"reason\":\"Known: a drill.\"}").is(200).json();
        assertThat(resolved.path("state").asText() + ": " + resolved.path("reason").asText()).isEqualTo("resolved: Known: a drill.");
        assertThat(resolved.path("resolvedBy").asText()).isNotBlank();
        api.post(resolution, "{\"reason\":\"again\"}").isProblem(409, "already-resolved");
        api.post("/api/integrity-alarms/0/resolution", "{\"reason\":\"x\"}").isProblem(404, "not-found");
        api.get("/api/patients/SH-3/history").is(200);
        assertThat(active(api)).noneMatch(a -> a.path("patient").asText().equals("SH-3"));
    }

    @Test
    void sweepFindsWhatNobodyReads() throws Exception {
        Api api = patient("SH-4", 4);
        database.execute("delete from history_entry where number > 2 and patient_id = (select id from patient where mrn = 'SH-4')");

        api.post("/api/integrity/sweeps", "{}").is(202);
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (active(api).stream().noneMatch(a -> a.path("patient").asText().equals("SH-4")) && Instant.now().isBefore(deadline)) {
            Thread.sleep(500);
        }
        assertThat(alarm(api, "SH-4").path("finding").asText() + " " + alarm(api, "SH-4").path("entry").asInt()).isEqualTo("entry-removed 3");
        JsonNode integrity = api.get("/api/integrity").is(200).json();
        JsonNode sweep = integrity.hasNonNull("current") ? integrity.path("current") : integrity.path("lastFinished");
        assertThat(sweep.path("patientsChecked").asLong()).isPositive();
        assertThat(sweep.path("patients").asLong()).isPositive();
        assertThat(integrity.path("activeAlarms").asLong()).isPositive();
    }

    private Api patient(String mrn, int entries) throws Exception {
        Api api = Api.at(site);
        api.post("/api/patients", "{\"mrn\":\"" + mrn + "\",\"name\":\"N\",\"sex\":\"unknown\"}").is(201);
        for (int i = 1; i <= entries; i++) {
            api.post("/api/patients/" + mrn + "/history", "{\"author\":\"Dr. Ä\",\"text\":\"entry " + i + "\"}").is(201);
        }
        return api;
    }

    private static Answer readUnless(Api api, String mrn, String tag) throws Exception {
        return api.send("GET", "/api/patients/" + mrn + "/history", null, Map.of("If-None-Match", tag));
    }

    private static List<JsonNode> active(Api api) throws Exception {
        return api.get("/api/integrity-alarms?state=active").is(200).items();
    }

    private static JsonNode alarm(Api api, String mrn) throws Exception {
        List<JsonNode> alarms = active(api).stream().filter(a -> a.path("patient").asText().equals(mrn)).toList();
        assertThat(alarms).hasSize(1);
        return alarms.get(0);
    }
}
