package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What came back. */
record Answer(int status, HttpHeaders headers, String body) {

    static final String PROBLEM = "urn:velador:problem:";

    /** What tells an attacker, and no client, something: names of classes, stack traces, statements. */
    private static final Pattern INSIDES = Pattern.compile(
            "Exception|\\bat [a-z]+\\.[a-z]|\\b(org|com|java|jakarta|fish)\\.[a-z]+\\.|(?i)\\b(select|insert into|update|delete) \\w+ (from|set|values)|PSQL|payara|glassfish");

    static Answer of(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
    }

    /** Empty when there is none. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    String contentType() {
        return header("Content-Type");
    }

    String etag() {
        return header("ETag");
    }

    String location() {
        return header("Location");
    }

    String retryAfter() {
        return header("Retry-After");
    }

    Answer is(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    JsonNode json() throws JsonProcessingException {
        return Api.JSON.readTree(body);
    }

    List<JsonNode> items() throws JsonProcessingException {
        List<JsonNode> items = new ArrayList<>();
        json().get("items").forEach(items::add);
        return items;
    }

    /** A problem of this kind. */
    Answer isProblem(int expected, String slug) throws JsonProcessingException {
        assertThat(status).as(body).isEqualTo(expected);
        isProblem();
        assertThat(json().path("type").asText()).isEqualTo(PROBLEM + slug);
        return this;
    }

    /** A problem as RFC 9457 has it, that gives nothing of our insides away. */
    Answer isProblem() throws JsonProcessingException {
        assertThat(contentType()).as(body).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("type").asText()).matches(PROBLEM + "[a-z-]+");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(body).doesNotContainPattern(INSIDES);
        problem.path("violations").forEach(v -> {
            assertThat(v.path("field").asText()).isNotBlank();
            assertThat(v.path("detail").asText()).isNotBlank();
        });
        return this;
    }

    Answer hasViolation(String field) throws JsonProcessingException {
        List<String> fields = new ArrayList<>();
        json().path("violations").forEach(v -> fields.add(v.path("field").asText()));
        assertThat(fields).contains(field);
        return this;
    }
}
