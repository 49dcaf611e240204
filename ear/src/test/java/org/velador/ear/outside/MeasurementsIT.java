package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;

/** Measurements in, in each format that devices speak, and out again. */
@ArquillianTest
@RunAsClient
class MeasurementsIT {

    private static final String START = "2026-03-02T08:00:00Z";

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void oneMeasurementIsAnsweredWithWhatWasStored() throws Exception {
        Api api = Api.at(site);
        api.bed("M-1");
        Instant before = Instant.now();
        JsonNode stored = api.post("/api/measurements",
                "{\"variable\":\"heart-rate\",\"place\":\"M-1\",\"value\":80.5,\"unit\":\"/min\",\"device\":\"monitor 7\"}").is(201).json();

        assertThat(stored.path("value").asDouble()).isEqualTo(80.5);
        assertThat(stored.path("unit").asText()).isEqualTo("/min");
        assertThat(stored.path("device").asText()).isEqualTo("monitor 7");
        assertThat(stored.path("late").asBoolean(true)).isFalse();
        assertThat(stored.has("alarm")).isFalse();
        assertThat(stored.has("patient")).isFalse();
        assertThat(Duration.between(before, Instant.parse(stored.path("takenAt").asText()))).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(30));
        assertThat(api.get("/api/measurements?place=M-1").is(200).items()).singleElement().isEqualTo(stored);
    }

    @Test
    void repeatedMeasurementIsHarmlessAndAnotherValueIsAConflict() throws Exception {
        Api api = Api.at(site);
        api.bed("M-2");
        JsonNode stored = api.measure("heart-rate", "M-2", 80, START).is(201).json();
        JsonNode again = api.measure("heart-rate", "M-2", 80, START).is(200).json();

        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(again.path("receivedAt")).isEqualTo(stored.path("receivedAt"));
        api.measure("heart-rate", "M-2", 81, START).isProblem(409, "measurement-conflict");
        assertThat(api.get("/api/measurements?place=M-2").items()).hasSize(1);
    }

    @Test
    void deviceThatLostTheFirstAnswerLearnsOfTheAlarmFromTheNext() throws Exception {
        Api api = Api.at(site);
        api.bed("M-2A");
        JsonNode first = api.measure("heart-rate", "M-2A", 190, START).is(201).json();
        JsonNode again = api.measure("heart-rate", "M-2A", 190, START).is(200).json();

        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(again.path("alarm").path("priority").asText()).isEqualTo("high");
        ((ObjectNode) again).remove("duplicate");
        assertThat(again).isEqualTo(first);
        api.measure("heart-rate", "M-2A", 80, "2026-03-02T08:00:01Z").is(201);
        assertThat(api.measure("heart-rate", "M-2A", 190, START).is(200).json().has("alarm")).isFalse();
    }

    @Test
    void goodOnesOfAnArrayAreStoredAlthoughOthersAreBad() throws Exception {
        Api api = Api.at(site);
        api.bed("M-3");
        String good = Api.measurement("heart-rate", "M-3", 80, START);
        String array = "[" + String.join(",", good, Api.measurement("heart-rate", "M-0", 80, START), good, "7",
                Api.measurement("heart-rate", "M-3", 81, START), Api.measurement("body-temperature", "M-3", 99, START),
                "{\"variable\":\"heart-rate\",\"place\":\"M-3\",\"value\":NaN}", Api.measurement("body-temperature", "M-3", 37, START)) + "]";
        JsonNode answer = api.post("/api/measurements", array).is(200).json();

        assertThat(answer.path("stored").asInt()).isEqualTo(2);
        assertThat(answer.path("duplicates").asInt()).isEqualTo(1);
        assertThat(rejections(answer)).containsExactly("1 unknown-place", "3 invalid-measurement", "4 measurement-conflict", "5 implausible-value",
                "6 invalid-measurement");
    }

    @Test
    void linesSpoilOnlyThemselves() throws Exception {
        Api api = Api.at(site);
        api.bed("M-4");
        String lines = String.join("\n", Api.measurement("heart-rate", "M-4", 80, START), "{\"variable\":", "",
                Api.measurement("heart-rate", "M-4", 81, "2026-03-02T08:00:01Z"), "[]") + "\n";
        JsonNode answer = api.post("/api/measurements", Api.NDJSON, lines).is(200).json();

        assertThat(answer.path("stored").asInt()).isEqualTo(2);
        assertThat(rejections(answer)).containsExactly("1 malformed-json", "3 malformed-json");
    }

    @Test
    void csvColumnsMayStandInAnyOrder() throws Exception {
        Api api = Api.at(site);
        api.bed("M-5");
        String csv = "takenAt,value,place,variable,device\r\n"
                + "2026-03-02T08:00:00Z,80,M-5,heart-rate,\"A, B\"\r\n"
                + "2026-03-02T10:00:01+02:00,81.5,M-5,heart-rate,\r\n"
                + "2026-03-02T08:00:02Z,eighty,M-5,heart-rate,\r\n"
                + "2026-03-02T08:00:03Z,80,M-5\r\n";
        JsonNode answer = api.post("/api/measurements", Api.CSV, csv).is(200).json();

        assertThat(answer.path("stored").asInt()).isEqualTo(2);
        assertThat(rejections(answer)).containsExactly("2 invalid-measurement", "3 invalid-measurement");
        List<JsonNode> found = api.get("/api/measurements?place=M-5").items();
        assertThat(found).extracting(m -> m.path("takenAt").asText()).containsExactly("2026-03-02T08:00:01Z", "2026-03-02T08:00:00Z");
        assertThat(found.get(1).path("device").asText()).isEqualTo("A, B");
    }

    @Test
    void pagingVisitsEverythingOnce() throws Exception {
        Api api = Api.at(site);
        api.place("M-6-A", "paged", "bed");
        api.place("M-6-B", "paged", "bed");
        ArrayNode all = Api.JSON.createArrayNode();
        for (int i = 0; i < 50; i++) {
            // Each moment twice: the cursor must tell them apart.
            String at = Instant.parse(START).plusSeconds(i).toString();
            all.add(Api.JSON.readTree(Api.measurement("heart-rate", "M-6-A", 80, at)));
            all.add(Api.JSON.readTree(Api.measurement("respiratory-rate", "M-6-B", 14, at)));
        }
        api.post("/api/measurements", all.toString()).is(200);

        List<JsonNode> visited = pages(api, "/api/measurements?ward=paged&limit=7");

        assertThat(visited).hasSize(100).doesNotHaveDuplicates();
        assertThat(visited).extracting(m -> m.path("takenAt").asText()).isSortedAccordingTo((a, b) -> Instant.parse(b).compareTo(Instant.parse(a)));
        assertThat(visited).isEqualTo(api.get("/api/measurements?ward=paged&limit=1000").items());
        assertThat(pages(api, "/api/variables?limit=5")).hasSizeGreaterThanOrEqualTo(12).doesNotHaveDuplicates();
        assertThat(pages(api, "/api/measurements/latest?ward=paged&limit=1")).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void latestIsTheNewestByTimeTakenNotByArrival() throws Exception {
        Api api = Api.at(site);
        api.bed("M-7");
        api.measure("heart-rate", "M-7", 80, "2026-03-02T08:00:10Z").is(201);
        assertThat(api.measure("heart-rate", "M-7", 70, "2026-03-02T08:00:00Z").is(201).json().path("late").asBoolean()).isTrue();
        api.measure("body-temperature", "M-7", 37, "2026-03-02T08:00:05Z").is(201);

        assertThat(api.get("/api/measurements/latest?ward=ward-of-M-7").items())
                .extracting(m -> m.path("variable").asText() + " " + m.path("value").asDouble())
                .containsExactly("body-temperature 37.0", "heart-rate 80.0");
    }

    @Test
    void seriesSumsUpEachBucketAndLeavesGaps() throws Exception {
        Api api = Api.at(site);
        api.bed("M-8");
        for (int i = 0; i < 30; i++) {
            if (i / 10 != 1) {
                api.measure("heart-rate", "M-8", 60 + i, Instant.parse(START).plusSeconds(i).toString()).is(201);
            }
        }
        JsonNode series = api.get("/api/measurements/series?variable=heart-rate&place=M-8&from=" + START + "&to=2026-03-02T08:00:30Z&points=3").is(200).json();

        assertThat(series.path("unit").asText()).isEqualTo("/min");
        assertThat(series.path("bucketSeconds").asInt()).isEqualTo(10);
        JsonNode points = series.path("points");
        assertThat(points).hasSize(2);
        assertThat(points.get(1).path("at").asText()).isEqualTo("2026-03-02T08:00:20Z");
        assertThat(points.get(1).path("min").asDouble()).isEqualTo(80);
        assertThat(points.get(1).path("max").asDouble()).isEqualTo(89);
        assertThat(points.get(1).path("mean").asDouble()).isCloseTo(84.5, within(1e-9));
        assertThat(points.get(1).path("count").asInt()).isEqualTo(10);
    }

    @Test
    void csvExportHoldsAllRowsAndCanBeSentBack() throws Exception {
        Api api = Api.at(site);
        api.bed("M-9");
        StringBuilder rows = new StringBuilder("variable,place,value,takenAt\n");
        for (int i = 0; i < 2_500; i++) {
            rows.append("heart-rate,M-9,").append(60 + i % 50).append(',').append(Instant.parse(START).plusSeconds(i)).append('\n');
        }
        api.post("/api/measurements", Api.CSV, rows.toString()).is(200);

        Answer export = api.send("GET", "/api/measurements?place=M-9", null, Map.of("Accept", "text/csv")).is(200);

        assertThat(export.contentType()).startsWith("text/csv");
        List<String> lines = export.body().lines().toList();
        assertThat(lines).hasSize(2_501).doesNotHaveDuplicates();
        assertThat(lines.get(0)).isEqualTo("variable,place,patient,value,unit,takenAt,receivedAt,device,late");
        assertThat(lines.get(1)).startsWith("heart-rate,M-9,,109.0,/min,2026-03-02T08:41:39Z,");
    }

    @Test
    void measurementBelongsToWhoeverLayThereThen() throws Exception {
        Api api = Api.at(site);
        api.bed("M-10");
        for (String mrn : List.of("M-first", "M-second")) {
            api.post("/api/patients", "{\"mrn\":\"" + mrn + "\",\"name\":\"" + mrn + "\",\"sex\":\"unknown\"}").is(201);
        }
        api.post("/api/patients/M-first/stays", "{\"place\":\"M-10\",\"from\":\"2026-03-02T08:00:00Z\"}").is(201);
        api.post("/api/patients/M-first/stays/current/end", "{\"at\":\"2026-03-02T09:00:00Z\"}").is(200);
        api.post("/api/patients/M-second/stays", "{\"place\":\"M-10\",\"from\":\"2026-03-02T09:00:00Z\"}").is(201);
        api.measure("heart-rate", "M-10", 80, "2026-03-02T07:59:59Z").is(201);
        api.measure("heart-rate", "M-10", 81, "2026-03-02T08:00:00Z").is(201);
        assertThat(api.measure("heart-rate", "M-10", 82, "2026-03-02T09:00:00Z").is(201).json().path("patient").asText()).isEqualTo("M-second");

        assertThat(api.get("/api/measurements?patient=M-first").items()).extracting(m -> m.path("value").asDouble()).containsExactly(81.0);
        assertThat(api.get("/api/measurements?patient=M-second").items()).extracting(m -> m.path("value").asDouble()).containsExactly(82.0);
        assertThat(api.get("/api/measurements?place=M-10").items()).extracting(m -> m.path("patient").asText("nobody"))
                .containsExactly("M-second", "M-first", "nobody");
    }

    private static List<JsonNode> pages(Api api, String path) throws Exception {
        List<JsonNode> visited = new ArrayList<>();
        String next = path;
        while (next != null) {
            Answer page = api.get(next).is(200);
            visited.addAll(page.items());
            next = page.json().has("cursor") ? path + "&cursor=" + page.json().get("cursor").asText() : null;
            assertThat(visited).hasSizeLessThan(1_000);
        }
        return visited;
    }

    private static List<String> rejections(JsonNode answer) {
        List<String> found = new ArrayList<>();
        answer.path("rejected").forEach(r -> {
            assertThat(r.path("detail").asText()).isNotBlank();
            found.add(r.path("index").asInt() + " " + r.path("type").asText().substring(Answer.PROBLEM.length()));
        });
        return found;
    }
}
