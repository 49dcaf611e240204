package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.time.Instant;
import java.util.Comparator;
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

/** What of a client's requests is noted, and what is not. */
@ArquillianTest
@RunAsClient
class AuditIT {

    @ArquillianResource
    URL site;

    @ArquillianResource
    Database database;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void patientsAreNotedWhenTheyAreMadeReadAndChanged() throws Exception {
        Api api = Api.at(site);
        api.bed("AU-1");
        api.post("/api/patients", "{\"mrn\":\"AU-P1\",\"name\":\"Ana Audit\",\"sex\":\"female\"}").is(201);
        String etag = api.send("GET", "/api/patients/AU-P1", null, Map.of("X-Request-ID", "from-kong-7", "X-Forwarded-For", "198.51.100.4, 192.0.2.9")).is(200).etag();
        api.put("/api/patients/AU-P1", etag, "{\"mrn\":\"AU-P1\",\"name\":\"Ana Changed\",\"sex\":\"female\"}").is(200);
        api.put("/api/patients/AU-P1", etag, "{\"mrn\":\"AU-P1\",\"name\":\"Ana Stale\",\"sex\":\"female\"}").is(412);
        api.get("/api/patients?q=ana+changed&limit=5").is(200);
        api.post("/api/patients/AU-P1/stays", "{\"place\":\"AU-1\"}").is(201);
        api.post("/api/patients/AU-P1/history", "{\"author\":\"RN Okafor\",\"text\":\"slept well\"}").is(201);
        api.get("/api/patients/AU-P1/history").is(200);
        api.get("/api/patients/AU-P1/stays").is(200);
        api.get("/api/patients/AU-NONE").is(404);
        api.post("/api/patients/AU-P1/stays/current/end", "{}").is(200);

        assertThat(words(noted(api, "patient=AU-P1", 9))).containsExactly("patient.add", "patient.read", "patient.change", "patient.search", "stay.admit",
                "history.append", "history.read", "stay.read", "stay.discharge");
        JsonNode read = noted(api, "patient=AU-P1&action=patient.read", 1).get(0);
        assertThat(read.path("who").asText()).isEqualTo("tests");
        assertThat(read.path("method").asText()).isEqualTo("GET");
        assertThat(read.path("path").asText()).isEqualTo("/api/patients/{mrn}");
        assertThat(read.path("object").asText()).isEqualTo("AU-P1");
        assertThat(read.path("status").asInt()).isEqualTo(200);
        assertThat(read.path("address").asText()).isEqualTo("192.0.2.9");
        assertThat(read.path("correlationId").asText()).isEqualTo("from-kong-7");
        assertThat(read.path("instance").asText()).isEqualTo(read.path("sealedBy").asText()).isNotBlank();
        JsonNode change = noted(api, "patient=AU-P1&action=patient.change", 1).get(0);
        assertThat(change.path("detail").asText()).as("no personal data").isEqualTo("name");
        assertThat(change.path("path").asText()).isEqualTo("/api/patients/{mrn}");
        assertThat(noted(api, "patient=AU-P1&action=patient.search", 1).get(0).path("detail").asText()).isEqualTo("limit=5");
        assertThat(noted(api, "object=AU-NONE", 1).get(0).path("outcome").asText()).isEqualTo("not-found");
    }

    @Test
    void placesWithAPatientAreNotedAndThoseWithoutAreNot() throws Exception {
        Api api = Api.at(site);
        api.bed("AU-2");
        api.bed("AU-3");
        api.post("/api/patients", "{\"mrn\":\"AU-P2\",\"name\":\"Ben\",\"sex\":\"male\"}").is(201);
        api.post("/api/patients/AU-P2/stays", "{\"place\":\"AU-2\",\"from\":\"2026-03-02T00:00:00Z\"}").is(201);
        for (String bed : List.of("AU-2", "AU-3")) {
            api.measure("heart-rate", bed, 190, "2026-03-02T08:00:00Z").is(201);
            api.get("/api/measurements?place=" + bed).is(200);
            api.get("/api/measurements/latest?place=" + bed).is(200);
            api.get("/api/limits/effective?variable=heart-rate&at=2026-03-02T08:00:00Z&place=" + bed).is(200);
            api.get("/api/measurements/series?variable=heart-rate&place=" + bed).is(200);
            api.send("GET", "/api/measurements?place=" + bed, null, Map.of("Accept", "text/csv")).is(200);
            api.get("/api/places/" + bed).is(200);
        }
        JsonNode alarm = api.get("/api/alarms?place=AU-2").is(200).items().get(0);
        api.get("/api/alarms?place=AU-3").is(200);
        api.get("/api/alarms/" + alarm.path("id").asLong()).is(200);
        api.post("/api/alarms/" + alarm.path("id").asLong() + "/acknowledgement", "{}").is(200);

        assertThat(words(noted(api, "patient=AU-P2", 8))).containsExactly("patient.add", "stay.admit", "measurement.read", "measurement.read", "limits.read",
                "alarm.read", "alarm.read", "alarm.acknowledge");
        List<JsonNode> ofEmptyBed = noted(api, "from=2026-01-01T00:00:00Z", 0).stream().filter(e -> e.path("detail").asText().contains("AU-3")).toList();
        assertThat(words(ofEmptyBed)).as("what was asked for is known before what is in an export is").containsExactly("place.add", "measurement.export");
    }

    @Test
    void measurementsAreOneEntryARequestAndChangesSayWhatTheyChanged() throws Exception {
        Api api = Api.at(site);
        api.bed("AU-4");
        api.measure("heart-rate", "AU-4", 80, "2026-03-02T08:00:00Z").is(201);
        api.post("/api/measurements", "[%s,%s,%s,{\"variable\":7}]".formatted(Api.measurement("heart-rate", "AU-4", 80, "2026-03-02T08:00:00Z"),
                Api.measurement("heart-rate", "AU-4", 81, "2026-03-02T08:00:01Z"), Api.measurement("none", "AU-4", 81, "2026-03-02T08:00:01Z"))).is(200);
        String etag = api.get("/api/places/AU-4").etag();
        api.put("/api/places/AU-4", etag, "{\"code\":\"AU-4\",\"ward\":\"AU-W\",\"kind\":\"bed\"}").is(200);

        List<JsonNode> noted = noted(api, "object=AU-4", 4);
        assertThat(words(noted)).containsExactly("place.add", "measurement.add", "measurement.add", "place.change");
        assertThat(noted.get(1).path("detail").asText()).isEqualTo("stored 1, duplicate 0, rejected 0, of 1 places");
        assertThat(noted.get(2).path("detail").asText()).isEqualTo("stored 1, duplicate 1, rejected 2, of 1 places");
        assertThat(noted.get(3).path("detail").asText()).isEqualTo("ward: 'ward-of-AU-4' -> 'AU-W'");
    }

    @Test
    void limitsOfAPatientAreNotedWithThePatient() throws Exception {
        Api api = Api.at(site);
        api.post("/api/patients", "{\"mrn\":\"AU-P5\",\"name\":\"Cleo\",\"sex\":\"female\"}").is(201);
        Answer made = api.post("/api/limits", "{\"variable\":\"heart-rate\",\"patient\":\"AU-P5\",\"medium\":{\"high\":110}}").is(201);
        api.get(made.location()).is(200);
        api.put(made.location(), made.etag(), "{\"variable\":\"heart-rate\",\"patient\":\"AU-P5\",\"medium\":{\"high\":100}}").is(200);
        api.delete(made.location(), api.get(made.location()).etag()).is(204);
        List<JsonNode> noted = noted(api, "patient=AU-P5&action=limits", 5);
        assertThat(words(noted)).containsExactly("limits.add", "limits.read", "limits.change", "limits.read", "limits.remove");
        assertThat(noted.get(2).path("detail").asText()).contains("110").contains("100");
    }

    @Test
    void nobodyReadsOfAPatientWithoutAnEntry() throws Exception {
        Api api = Api.at(site);
        api.post("/api/patients", "{\"mrn\":\"AU-P6\",\"name\":\"Secret Dora\",\"sex\":\"female\"}").is(201);
        database.execute("alter table audit_draft rename to audit_draft_away");
        try {
            Answer answer = api.get("/api/patients/AU-P6");
            assertThat(answer.status()).isGreaterThanOrEqualTo(500);
            assertThat(answer.body()).doesNotContain("Dora");
            assertThat(api.post("/api/patients", "{\"mrn\":\"AU-P7\",\"name\":\"Eve\",\"sex\":\"female\"}").status()).isGreaterThanOrEqualTo(500);
            assertThat(database.number("select count(*) from patient where mrn = 'AU-P7'")).isZero();
            api.get("/api/places").is(200);
        } finally {
            database.execute("alter table audit_draft_away rename to audit_draft");
        }
        api.get("/api/patients/AU-P6").is(200);
    }

    @Test
    void whatIsRefusedIsNotedByWhereItWouldHaveLed() throws Exception {
        Api api = Api.at(site);
        Instant begun = Instant.now();
        for (int status : List.of(401, 403, 423, 429, 400, 409)) {
            api.delete("/api/refused/" + status, "x").is(status);
        }
        List<JsonNode> refused = noted(api, "action=request&from=" + begun, 4);
        assertThat(refused.stream().map(e -> e.path("object").asText() + " " + e.path("status").asInt() + " " + e.path("outcome").asText()))
                .containsExactly("401 401 refused", "403 403 refused", "423 423 refused", "429 429 refused");
        assertThat(refused).allSatisfy(e -> assertThat(e.path("path").asText()).isEqualTo("/api/refused/{status}"));

        api.with(Map.of()).delete("/api/limits/7?x=1", "x").is(401);
        JsonNode nobody = noted(api, "action=limits.remove&outcome=refused&from=" + begun, 1).get(0);
        assertThat(nobody.path("who").asText()).isEqualTo("nobody");
        assertThat(nobody.path("object").asText()).isEqualTo("7");
        assertThat(nobody.path("path").asText()).isEqualTo("/api/limits/{id}");
        assertThat(nobody.path("detail").asText()).isEqualTo("x=1");

        api.send("GET", "/api/patients/AU-%C3%84?limit=7", null, Map.of("X-Refuse-With", "401")).is(401);
        List<JsonNode> all = noted(api, "outcome=refused&action=request&from=" + begun, 5);
        assertThat(all.subList(4, all.size())).singleElement().satisfies(e -> {
            assertThat(e.path("method").asText()).isEqualTo("GET");
            assertThat(e.path("path").asText()).isEqualTo("/api/patients/AU-%C3%84");
            assertThat(e.path("detail").asText()).isEqualTo("limit=7");
            assertThat(e.path("status").asInt()).isEqualTo(401);
        });
    }

    @Test
    void auditIsExportedWithoutFormulasAndReadingItIsNoted() throws Exception {
        Api api = Api.at(site);
        String begun = Instant.now().toString();
        api.get("/api/patients/=AU-FORMULA").is(404);
        noted(api, "object==AU-FORMULA".replace("==", "=%3D"), 1);
        Answer csv = api.send("GET", "/api/audit?object=%3DAU-FORMULA", null, Map.of("Accept", "text/csv")).is(200);
        assertThat(csv.contentType()).startsWith("text/csv");
        assertThat(csv.body().lines()).hasSize(2).anySatisfy(line -> assertThat(line).contains(",/api/patients/{mrn},'=AU-FORMULA,"));
        assertThat(noted(api, "action=audit.export&from=" + begun, 1).get(0).path("detail").asText()).isEqualTo("object=%3DAU-FORMULA");
        api.get("/api/audit?outcome=never").isProblem(400, "invalid-request").hasViolation("outcome");
        api.get("/api/audit?cursor=x").isProblem(400, "invalid-request").hasViolation("cursor");
    }

    /** Oldest first, as soon as so many are sealed; 0: all there are when what was noted up to now is. */
    private List<JsonNode> noted(Api api, String filter, int expected) throws Exception {
        Instant deadline = Instant.now().plusSeconds(10);
        if (expected == 0) {
            while (database.number("select count(*) from audit_draft") > 0) {
                assertThat(Instant.now()).isBefore(deadline);
                Thread.sleep(100);
            }
        }
        List<JsonNode> items;
        do {
            items = api.get("/api/audit?limit=1000&" + filter).is(200).items();
            Thread.sleep(100);
        } while (items.size() < expected && Instant.now().isBefore(deadline));
        return items.stream()
                .sorted(Comparator.comparing((JsonNode e) -> e.path("instance").asText()).thenComparing(e -> e.path("number").asLong())).toList();
    }

    private static List<String> words(List<JsonNode> entries) {
        return entries.stream().map(e -> e.path("action").asText()).toList();
    }
}
