package org.velador.cluster.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The samples of one request, and the way they are written. */
record Batch(Format format, List<Sample> samples) {

    /** What devices speak. */
    enum Format {
        SINGLE(Api.JSON),
        ARRAY(Api.JSON),
        LINES("application/x-ndjson"),
        CSV("text/csv");

        private final String type;

        Format(String type) {
            this.type = type;
        }
    }

    /** Singles come in a row, as from a device at the bed. */
    private static final int SINGLES_IN_A_ROW = 40;

    /**
     * Cuts samples, in their order, into requests of all formats and many sizes.
     *
     * @param most samples in one request
     */
    static List<Batch> cut(List<Sample> samples, int most, Random random) {
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        while (from < samples.size()) {
            Format format = Format.values()[random.nextInt(Format.values().length)];
            int length = 1 + random.nextInt(format == Format.SINGLE ? SINGLES_IN_A_ROW : most);
            List<Sample> part = samples.subList(from, Math.min(from + length, samples.size()));
            if (format == Format.SINGLE) {
                part.forEach(sample -> batches.add(new Batch(Format.SINGLE, List.of(sample))));
            } else {
                batches.add(new Batch(format, List.copyOf(part)));
            }
            from += part.size();
        }
        return batches;
    }

    /**
     * What the site said of a batch.
     *
     * @param stored how many it stored
     * @param duplicates how many it had already
     * @param rejected the type of problem of the others, by their index
     */
    record Receipt(int stored, int duplicates, Map<Integer, String> rejected) {}

    Receipt send(Api api) throws IOException, InterruptedException {
        Api.Answer answer = api.post("/api/measurements", format.type, body());
        JsonNode body = answer.body();
        if (format == Format.SINGLE) {
            return switch (answer.status()) {
                case 201 -> new Receipt(1, 0, Map.of());
                case 200 -> new Receipt(0, 1, Map.of());
                case 409, 422 -> new Receipt(0, 0, Map.of(0, body.get("type").asText()));
                default -> throw new IOException("one measurement: got %s, expected 201, 200, 409 or 422".formatted(answer));
            };
        }
        if (answer.status() != 200) {
            throw new IOException("%d measurements: got %s, expected 200".formatted(samples.size(), answer));
        }
        Map<Integer, String> rejected = new TreeMap<>();
        body.get("rejected").forEach(each -> rejected.put(each.get("index").asInt(), each.get("type").asText()));
        return new Receipt(body.get("stored").asInt(), body.get("duplicates").asInt(), rejected);
    }

    private String body() {
        return switch (format) {
            case SINGLE -> json(samples.get(0));
            case ARRAY -> samples.stream().map(Batch::json).collect(Collectors.joining(",", "[", "]"));
            case LINES -> samples.stream().map(Batch::json).collect(Collectors.joining("\n"));
            case CSV -> samples.stream().map(Batch::row).collect(Collectors.joining("\n", "place,variable,takenAt,value\n", "\n"));
        };
    }

    private static String json(Sample s) {
        return String.format(
                Locale.ROOT, "{\"variable\":\"%s\",\"place\":\"%s\",\"value\":%s,\"takenAt\":\"%s\",\"device\":\"monitor of %s\"}",
                s.variable(), s.place(), s.value(), s.takenAt(), s.place());
    }

    private static String row(Sample s) {
        return s.place() + "," + s.variable() + "," + s.takenAt() + "," + s.value();
    }
}
