package org.velador.ear.outside;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The application as a client has it. */
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";

    /** What every request carries to be let in. */
    private static final Map<String, String> CREDENTIALS = Map.of();

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;

    private Api(URI base) {
        this.base = base;
    }

    static Api at(URL base) {
        return new Api(URI.create(base.toString()));
    }

    URI base() {
        return base;
    }

    Answer get(String path) throws Exception {
        return send("GET", path, null, Map.of());
    }

    Answer post(String path, String json) throws Exception {
        return post(path, "application/json", json);
    }

    Answer post(String path, String contentType, String body) throws Exception {
        return send("POST", path, BodyPublishers.ofString(body), Map.of("Content-Type", contentType));
    }

    Answer put(String path, String ifMatch, String json) throws Exception {
        return send("PUT", path, BodyPublishers.ofString(json), Map.of("Content-Type", "application/json", "If-Match", ifMatch));
    }

    Answer delete(String path, String ifMatch) throws Exception {
        return send("DELETE", path, null, Map.of("If-Match", ifMatch));
    }

    Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : body);
        CREDENTIALS.forEach(request::setHeader);
        headers.forEach(request::setHeader);
        return Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    }

    /** The same as lines of a request that is written by hand, each with its end. */
    static String credentialLines() {
        StringBuilder lines = new StringBuilder();
        CREDENTIALS.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        return lines.toString();
    }

    /** A bed of a ward of its own: no other test sees its measurements. */
    String bed(String code) throws Exception {
        return place(code, "ward-of-" + code, "bed");
    }

    String place(String code, String ward, String kind) throws Exception {
        ObjectNode place = JSON.createObjectNode().put("code", code).put("ward", ward).put("kind", kind);
        post("/api/places", place.toString()).is(201);
        return code;
    }

    Answer measure(String variable, String place, double value, String takenAt) throws Exception {
        return post("/api/measurements", measurement(variable, place, value, takenAt));
    }

    static String measurement(String variable, String place, double value, String takenAt) {
        return JSON.createObjectNode().put("variable", variable).put("place", place).put("value", value).put("takenAt", takenAt).toString();
    }

    /** A body whose length is not told beforehand. */
    static BodyPublisher chunked(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    static String json(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }
}
