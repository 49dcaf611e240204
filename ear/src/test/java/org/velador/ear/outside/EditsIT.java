package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;

/** Nobody overwrites what they have not seen, and what is in use stays. */
@ArquillianTest
@RunAsClient
class EditsIT {

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "/api/variables | {'code':'edited','name':'A','unit':'/min','plausibleLow':0,'plausibleHigh':9} | {'code':'edited','name':'B','unit':'/min','plausibleLow':1,'plausibleHigh':9}",
        "/api/places    | {'code':'E-1','ward':'E','kind':'bed'} | {'code':'E-1','ward':'E2','kind':'room','name':'Room'}",
        "/api/patients  | {'mrn':'E-1','name':'A','sex':'unknown'} | {'mrn':'E-1','name':'B','sex':'female','birthDate':'1950-01-31'}",
        "/api/limits    | {'variable':'heart-rate','ward':'E','medium':{'high':110}} | {'variable':'heart-rate','ward':'E','high':{'low':40,'high':150}}"})
    void editNeedsTheVersionThatWasSeen(String path, String first, String second) throws Exception {
        Api api = Api.at(site);
        Answer made = api.post(path, first.replace('\'', '"')).is(201);
        String own = made.location().substring(made.location().indexOf("/api"));
        Answer read = api.get(own).is(200);
        assertThat(read.etag()).isEqualTo(made.etag()).isNotBlank();
        assertThat(read.json()).isEqualTo(made.json());

        String change = second.replace('\'', '"');
        api.send("PUT", own, BodyPublishers.ofString(change), Map.of("Content-Type", "application/json")).isProblem(428, "precondition-required");
        Answer changed = api.put(own, read.etag(), change).is(200);
        assertThat(changed.etag()).isNotEqualTo(read.etag());
        assertThat(api.get(own).json()).isEqualTo(changed.json());
        JsonNode after = changed.json();
        for (var field : Api.JSON.readTree(change).properties()) {
            assertThat(after.path(field.getKey()).toString().replace(".0", "")).isEqualTo(field.getValue().toString());
        }
        api.put(own, read.etag(), change).isProblem(412, "stale-version");
        if (!path.equals("/api/patients")) {
            api.delete(own, read.etag()).isProblem(412, "stale-version");
            api.delete(own, changed.etag()).is(204);
            api.get(own).isProblem(404, "not-found");
        }
    }

    @Test
    void whatIsInUseCannotBeDeleted() throws Exception {
        Api api = Api.at(site);
        api.bed("E-2");
        api.measure("heart-rate", "E-2", 80, "2026-03-02T08:00:00Z").is(201);

        api.delete("/api/places/E-2", api.get("/api/places/E-2").etag()).isProblem(409, "in-use");
        api.delete("/api/variables/heart-rate", api.get("/api/variables/heart-rate").etag()).isProblem(409, "in-use");
        JsonNode heartRate = api.get("/api/variables/heart-rate").json();
        api.put("/api/variables/heart-rate", api.get("/api/variables/heart-rate").etag(), heartRate.toString().replace("/min", "Hz"))
                .isProblem(400, "invalid-request").hasViolation("unit");
    }

    @Test
    void bedHoldsOnePatientAndPatientLiesInOneBed() throws Exception {
        Api api = Api.at(site);
        api.bed("E-3");
        api.bed("E-4");
        for (String mrn : new String[] {"E-A", "E-B"}) {
            api.post("/api/patients", "{\"mrn\":\"" + mrn + "\",\"name\":\"N\",\"sex\":\"unknown\"}").is(201);
        }
        api.post("/api/patients/E-A/stays", "{\"place\":\"E-3\"}").is(201);

        api.post("/api/patients/E-B/stays", "{\"place\":\"E-3\"}").isProblem(409, "bed-occupied");
        api.post("/api/patients/E-A/stays", "{\"place\":\"E-4\"}").isProblem(409, "patient-already-admitted");
        api.send("POST", "/api/patients/E-A/stays/current/end", null, Map.of()).is(200);
        assertThat(api.get("/api/patients/E-A/stays").items()).singleElement().satisfies(stay -> assertThat(stay.has("to")).isTrue());
    }

    @Test
    void historyIsAppendedAndReadNewestFirst() throws Exception {
        Api api = Api.at(site);
        api.post("/api/patients", "{\"mrn\":\"E-H\",\"name\":\"N\",\"sex\":\"unknown\"}").is(201);
        for (int i = 1; i <= 3; i++) {
            JsonNode entry = api.post("/api/patients/E-H/history", "{\"author\":\"Dr. Ä\",\"text\":\"entry " + i + "\"}").is(201).json();
            assertThat(entry.path("number").asInt()).isEqualTo(i);
        }
        Answer page = api.get("/api/patients/E-H/history?limit=2").is(200);
        assertThat(page.items()).extracting(e -> e.path("text").asText()).containsExactly("entry 3", "entry 2");
        assertThat(api.get("/api/patients/E-H/history?limit=2&cursor=" + page.json().path("cursor").asText()).items())
                .extracting(e -> e.path("author").asText() + ": " + e.path("text").asText()).containsExactly("Dr. Ä: entry 1");
    }
}
