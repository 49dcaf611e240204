package org.velador.cluster.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must come of samples, computed plainly from the catalogue that the site shows: which are stored, and which alarms
 * they make. Of several samples of one moment the first plausible one is stored.
 */
public final class Plain {

    /** A measurement as it must be found again. */
    public record Measurement(
            String place, String variable, Instant takenAt, String patient, double value, String unit, boolean late) {}

    /** An alarm as it must be found; times are those of measurements. */
    public record Alarm(
            String place, String variable, Instant raisedAt, String ward, String patient, String state, String priority,
            Instant escalatedAt, Instant clearedAt, double value, String unit, double limit, String side) {}

    /** A limit that a value exceeds. */
    private record Breach(String priority, double limit, String side) {}

    private final Map<String, JsonNode> variables = new HashMap<>();
    private final List<JsonNode> limits;
    private final Map<Sample.Moment, Sample> stored = new LinkedHashMap<>();

    public Plain(Api api, List<Sample> samples) throws IOException, InterruptedException {
        api.all("/api/variables").forEach(variable -> variables.put(variable.get("code").asText(), variable));
        limits = api.all("/api/limits");
        samples.stream().filter(this::isPlausible).forEach(sample -> stored.putIfAbsent(sample.moment(), sample));
    }

    /** Why a sample is not stored, or null: it is, or the same one is. */
    String rejection(Sample sample) {
        if (!isPlausible(sample)) {
            return "urn:velador:problem:implausible-value";
        }
        return sample.value() == stored.get(sample.moment()).value() ? null : "urn:velador:problem:measurement-conflict";
    }

    public List<Measurement> measurements() {
        return stored.values().stream()
                .map(s -> new Measurement(s.place(), s.variable(), s.takenAt(), s.patient(), s.value(), unit(s), true))
                .toList();
    }

    public List<Alarm> alarms() {
        Map<String, List<Sample>> watched = new TreeMap<>();
        for (Sample sample : stored.values()) {
            watched.computeIfAbsent(sample.place() + " " + sample.variable(), pair -> new ArrayList<>()).add(sample);
        }
        List<Alarm> alarms = new ArrayList<>();
        for (List<Sample> samples : watched.values()) {
            samples.sort(Comparator.comparing(Sample::takenAt));
            addAlarms(samples, alarms);
        }
        return alarms;
    }

    /** One alarm for each run of samples beyond their limits. */
    private void addAlarms(List<Sample> samples, List<Alarm> alarms) {
        Sample first = null;
        Sample worst = null;
        Breach breach = null;
        for (Sample sample : samples) {
            Breach now = breach(sample);
            if (now == null && first != null) {
                alarms.add(alarm(first, worst, breach, sample.takenAt()));
                first = null;
            } else if (now != null && first == null) {
                first = sample;
                worst = sample;
                breach = now;
            } else if (now != null && now.priority().equals("high") && breach.priority().equals("medium")) {
                worst = sample;
                breach = now;
            }
        }
        if (first != null) {
            alarms.add(alarm(first, worst, breach, null));
        }
    }

    private Alarm alarm(Sample first, Sample worst, Breach breach, Instant clearedAt) {
        return new Alarm(
                first.place(), first.variable(), first.takenAt(), first.ward(), first.patient(),
                clearedAt == null ? "active" : "cleared", breach.priority(), worst == first ? null : worst.takenAt(), clearedAt,
                worst.value(), unit(first), breach.limit(), breach.side());
    }

    private Breach breach(Sample sample) {
        JsonNode inForce = limits(sample);
        for (String priority : List.of("high", "medium")) {
            JsonNode low = inForce.path(priority).path("low");
            JsonNode high = inForce.path(priority).path("high");
            if (low.isNumber() && sample.value() < low.asDouble()) {
                return new Breach(priority, low.asDouble(), "low");
            }
            if (high.isNumber() && sample.value() > high.asDouble()) {
                return new Breach(priority, high.asDouble(), "high");
            }
        }
        return null;
    }

    /** Of the patient, else of the place, else of the ward, else the default. */
    private JsonNode limits(Sample sample) {
        Map<String, String> scopes = new LinkedHashMap<>();
        scopes.put("patient", sample.patient());
        scopes.put("place", sample.place());
        scopes.put("ward", sample.ward());
        for (Map.Entry<String, String> scope : scopes.entrySet()) {
            for (JsonNode row : limits) {
                if (isFor(sample, row) && row.path(scope.getKey()).asText("").equals(scope.getValue())) {
                    return row;
                }
            }
        }
        return limits.stream()
                .filter(row -> isFor(sample, row) && scopes.keySet().stream().noneMatch(row::hasNonNull))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFor(Sample sample, JsonNode row) {
        return row.get("variable").asText().equals(sample.variable());
    }

    private boolean isPlausible(Sample sample) {
        JsonNode variable = variables.get(sample.variable());
        return sample.value() >= variable.get("plausibleLow").asDouble()
                && sample.value() <= variable.get("plausibleHigh").asDouble();
    }

    private String unit(Sample sample) {
        return variables.get(sample.variable()).get("unit").asText();
    }
}
