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
import org.velador.ear.node.Database;

/** The application as a client has it. */
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";
    static final String KEY_HEADER = "X-API-Key";

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Sent with each request; nobody's without. */
    private final Map<String, String> credentials;
    private final URI base;

    private Api(URI base, Map<String, String> credentials) {
        this.base = base;
        this.credentials = credentials;
    }

    /** As a service that may do everything. */
    static Api at(URL base) {
        return new Api(URI.create(base.toString()), Map.of(KEY_HEADER, Database.KEY));
    }

    /** As somebody else, or nobody. */
    Api with(Map<String, String> others) {
        return new Api(base, others);
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
        credentials.forEach(request::setHeader);
        headers.forEach(request::setHeader);
        return Answer.of(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    }

    /** Of a service that may do everything, as lines of a request that is written by hand, each with its end. */
    static String credentialLines() {
        return KEY_HEADER + ": " + Database.KEY + "\r\n";
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

    static BodyPublisher body(Object value) throws IOException {
        return BodyPublishers.ofString(json(value));
    }

    static String json(Object value) throws IOException {
        return JSON.writeValueAsString(value);
    }
}
