package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.outside.Contract.Operation;

/** What belongs to one patient is neither shown nor changed by a request about another, or by a query that means to find all. */
@ArquillianTest
@RunAsClient
class OthersDataIT {

    /** None of them is the name of anything, not even of what tests of bad input leave behind. */
    private static final List<String> FIND_ALL = List.of("' or 'o'='o", "o' or 1=1 --", "1 or 2=2", "%%", "_%", "**", "\") or (\"1\"=\"1", "'||'", "x' union all values (2) --", ":after", "?9");

    @ArquillianResource
    URL site;

    private Api api;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @BeforeEach
    void twoPatientsOneOfThemInBed() throws Exception {
        api = Api.at(site);
        if (api.get("/api/places/OTHERS-1").status() == 404) {
            api.bed("OTHERS-1");
            for (String mrn : List.of("OTHERS-A", "OTHERS-B")) {
                api.post("/api/patients", "{\"mrn\":\"" + mrn + "\",\"name\":\"" + mrn + "\",\"sex\":\"other\"}").is(201);
                for (int i = 1; i <= 4; i++) {
                    api.post("/api/patients/" + mrn + "/history", "{\"author\":\"" + mrn + "\",\"text\":\"" + i + "\"}").is(201);
                }
            }
            api.post("/api/patients/OTHERS-A/stays", "{\"place\":\"OTHERS-1\",\"from\":\"2026-02-01T08:00:00Z\"}").is(201);
            api.measure("heart-rate", "OTHERS-1", 80, "2026-02-01T08:01:00Z").is(201);
        }
    }

    @Test
    void cursorOfOnePatientsHistoryShowsNothingOfItInAnothers() throws Exception {
        String cursor = api.get("/api/patients/OTHERS-A/history?limit=2").is(200).json().get("cursor").asText();
        List<JsonNode> found = api.get("/api/patients/OTHERS-B/history?cursor=" + cursor).is(200).items();
        assertThat(found).isNotEmpty().allSatisfy(entry -> assertThat(entry.get("author").asText()).isEqualTo("OTHERS-B"));
    }

    @Test
    void patientCannotBecomeAnother() throws Exception {
        String etag = api.get("/api/patients/OTHERS-A").etag();
        api.put("/api/patients/OTHERS-A", etag, "{\"mrn\":\"OTHERS-B\",\"name\":\"x\",\"sex\":\"other\"}").isProblem(400, "invalid-request").hasViolation("mrn");
    }

    @Test
    void stayOfOnePatientIsNotEndedOrTakenByAnother() throws Exception {
        api.post("/api/patients/OTHERS-B/stays/current/end", "{}").isProblem(409, "not-admitted");
        assertThat(api.post("/api/patients/OTHERS-B/stays", "{\"place\":\"OTHERS-1\"}").status()).isEqualTo(409);
        assertThat(api.get("/api/patients/OTHERS-A/stays").is(200).items().get(0).has("to")).isFalse();
    }

    @Test
    void limitsOfOnePatientDoNotBecomeAnothers() throws Exception {
        Answer made = api.post("/api/limits", "{\"variable\":\"heart-rate\",\"patient\":\"OTHERS-A\",\"medium\":{\"low\":45}}").is(201);
        String path = "/api/limits/" + made.json().get("id").asInt();
        api.put(path, made.etag(), "{\"variable\":\"heart-rate\",\"patient\":\"OTHERS-B\",\"medium\":{\"low\":46}}").isProblem(400, "invalid-request").hasViolation("patient");
        api.delete(path, made.etag()).is(204);
    }

    @Test
    void measurementsOfOnePatientAreNotFoundUnderAnothersNumber() throws Exception {
        assertThat(api.get("/api/measurements?patient=OTHERS-A").is(200).items()).isNotEmpty();
        assertThat(api.get("/api/measurements?patient=OTHERS-B").is(200).items()).isEmpty();
    }

    /** Each parameter of each list: what is looked for is looked for as it stands there. */
    @Test
    void whatMeansToFindAllFindsNothing() throws Exception {
        int tried = 0;
        for (Operation operation : Contract.ofShippedArchive().operations()) {
            for (String name : operation.method().equals("GET") ? operation.names("query") : List.<String>of()) {
                for (String text : FIND_ALL) {
                    Answer answer = api.send("GET", operation.path().replaceAll("\\{[^}]*}", "OTHERS-A") + "?" + name + "=" + Hostile.encoded(text), null, Map.of());
                    tried++;
                    if (answer.status() != 200) {
                        answer.isProblem();
                    } else if (answer.json().has("items")) {
                        assertThat(answer.items()).as(operation + " " + name + " " + text).isEmpty();
                    }
                }
            }
        }
        System.out.println("queries that mean to find all: " + tried + " tried");
    }

    @Test
    void parameterGivenTwiceIsRefused() throws Exception {
        for (Operation operation : Contract.ofShippedArchive().operations()) {
            for (String name : operation.names("query")) {
                String path = operation.path().replaceAll("\\{[^}]*}", "OTHERS-A");
                api.send(operation.method(), path + "?" + name + "=OTHERS-A&" + name + "=OTHERS-B", null, Map.of()).isProblem(400, "invalid-request").hasViolation(name);
                api.send(operation.method(), path + "?" + name + "=&" + name, null, Map.of()).isProblem(400, "invalid-request").hasViolation(name);
            }
        }
    }
}
