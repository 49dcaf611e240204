package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;

/** The life of an alarm as it is told over HTTP. */
@ArquillianTest
@RunAsClient
class AlarmsIT {

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void escalationTakesTheAcknowledgementBackAndMeasurementInsideClears() throws Exception {
        Api api = Api.at(site);
        api.bed("A-1");
        JsonNode raised = api.measure("heart-rate", "A-1", 131, "2026-03-02T08:00:00Z").is(201).json().path("alarm");
        String path = "/api/alarms/" + raised.path("id").asLong();
        assertThat(raised.path("priority").asText()).isEqualTo("medium");
        assertThat(raised.path("limit").asDouble()).isEqualTo(120);

        JsonNode acknowledged = api.post(path + "/acknowledgement", "{\"note\":\"on my way\"}").is(200).json();
        assertThat(acknowledged.path("acknowledged").asBoolean()).isTrue();
        assertThat(acknowledged.path("acknowledgedAt").asText()).isNotBlank();
        // Sent twice, as a client does that got no answer.
        assertThat(api.post(path + "/acknowledgement", "{}").is(200).json().path("events")).hasSize(2);

        api.measure("heart-rate", "A-1", 190, "2026-03-02T08:00:01Z").is(201);
        JsonNode escalated = api.get(path).is(200).json();
        assertThat(escalated.path("priority").asText()).isEqualTo("high");
        assertThat(escalated.path("acknowledged").asBoolean()).isFalse();
        assertThat(escalated.path("escalatedAt").asText()).isEqualTo("2026-03-02T08:00:01Z");
        assertThat(escalated.path("value").asDouble()).isEqualTo(190);
        assertThat(escalated.path("limit").asDouble()).isEqualTo(150);
        assertThat(escalated.path("side").asText()).isEqualTo("high");

        api.measure("heart-rate", "A-1", 130, "2026-03-02T08:00:02Z").is(201);
        assertThat(api.get(path).json().path("priority").asText()).isEqualTo("high");

        assertThat(api.measure("heart-rate", "A-1", 100, "2026-03-02T08:00:03Z").is(201).json().has("alarm")).isFalse();
        JsonNode cleared = api.get(path).is(200).json();
        assertThat(cleared.path("state").asText()).isEqualTo("cleared");
        assertThat(cleared.path("clearedAt").asText()).isEqualTo("2026-03-02T08:00:03Z");
        assertThat(story(cleared)).containsExactly("raised", "acknowledged", "escalated", "acknowledgement-withdrawn", "cleared");
        assertThat(cleared.path("events").get(1).path("note").asText()).isEqualTo("on my way");
        api.post(path + "/acknowledgement", "{}").isProblem(409, "alarm-cleared");
    }

    @Test
    void filtersFindAlarms() throws Exception {
        Api api = Api.at(site);
        api.bed("A-2");
        api.measure("heart-rate", "A-2", 130, "2026-03-02T08:00:00Z").is(201);
        api.measure("heart-rate", "A-2", 80, "2026-03-02T08:00:01Z").is(201);
        api.measure("oxygen-saturation", "A-2", 85, "2026-03-02T08:00:02Z").is(201);
        String ward = "/api/alarms?ward=ward-of-A-2";

        assertThat(variables(api, ward)).containsExactly("oxygen-saturation", "heart-rate");
        assertThat(variables(api, ward + "&state=active")).containsExactly("oxygen-saturation");
        assertThat(variables(api, ward + "&state=cleared")).containsExactly("heart-rate");
        assertThat(variables(api, ward + "&priority=high")).containsExactly("oxygen-saturation");
        assertThat(variables(api, "/api/alarms?place=A-2&priority=medium")).containsExactly("heart-rate");
        assertThat(variables(api, ward + "&from=2026-03-02T08:00:01Z")).containsExactly("oxygen-saturation");
        assertThat(variables(api, ward + "&to=2026-03-02T08:00:01Z")).containsExactly("heart-rate");
        JsonNode first = api.get(ward + "&limit=1").json();
        assertThat(variables(api, ward + "&limit=1&cursor=" + first.path("cursor").asText())).containsExactly("heart-rate");
    }

    @Test
    void lateMeasurementNeitherClearsNorRaisesAgain() throws Exception {
        Api api = Api.at(site);
        api.bed("A-3");
        api.measure("heart-rate", "A-3", 130, "2026-03-02T08:00:10Z").is(201);
        long id = api.get("/api/alarms?place=A-3").items().get(0).path("id").asLong();
        api.measure("heart-rate", "A-3", 80, "2026-03-02T08:00:00Z").is(201);

        assertThat(api.get("/api/alarms?place=A-3").items()).singleElement().satisfies(alarm -> {
            assertThat(alarm.path("id").asLong()).isEqualTo(id);
            assertThat(alarm.path("state").asText()).isEqualTo("active");
        });
        // An episode that was over before anyone knew of it.
        api.measure("heart-rate", "A-3", 140, "2026-03-02T07:59:00Z").is(201);
        assertThat(api.get("/api/alarms?place=A-3").items()).extracting(alarm -> alarm.path("state").asText()).containsExactly("active", "cleared");
    }

    @Test
    void limitsOfThePlaceDecide() throws Exception {
        Api api = Api.at(site);
        api.bed("A-4");
        Answer made = api.post("/api/limits", "{\"variable\":\"heart-rate\",\"place\":\"A-4\",\"medium\":{\"high\":135}}").is(201);
        assertThat(api.get("/api/limits/effective?variable=heart-rate&place=A-4").json().path("scope").asText()).isEqualTo("place");

        assertThat(api.measure("heart-rate", "A-4", 135, "2026-03-02T08:00:00Z").is(201).json().has("alarm")).isFalse();
        assertThat(api.measure("heart-rate", "A-4", 200, "2026-03-02T08:00:01Z").is(201).json().path("alarm").path("priority").asText()).isEqualTo("medium");
        api.delete(made.location().substring(made.location().indexOf("/api")), made.etag()).is(204);
        assertThat(api.measure("heart-rate", "A-4", 200, "2026-03-02T08:00:02Z").is(201).json().path("alarm").path("priority").asText()).isEqualTo("high");
    }

    private static List<String> variables(Api api, String path) throws Exception {
        return api.get(path).is(200).items().stream().map(alarm -> alarm.path("variable").asText()).toList();
    }

    private static List<String> story(JsonNode alarm) {
        List<String> types = new ArrayList<>();
        alarm.path("events").forEach(e -> types.add(e.path("type").asText()));
        return types;
    }
}
