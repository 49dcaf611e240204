package org.velador.site.control;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks Kong's Admin API what it thinks of the targets of its upstream {@code velador}. Never takes longer than a second. */
final class KongAdmin {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String PATH = "/upstreams/velador/health";

    private final URI health;
    private final HttpClient http;

    /**
     * Where to ask.
     *
     * @param admin base URL of the Admin API; null or blank when it is not known
     */
    KongAdmin(String admin) {
        health = admin == null || admin.isBlank() ? null : URI.create(admin.strip().replaceAll("/+$", "") + PATH);
        http = health == null ? null : HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
    }

    /** Completes within a second, and never exceptionally; the targets have no instances yet. */
    CompletableFuture<LoadBalancerView> ask() {
        if (health == null) {
            return CompletableFuture.completedFuture(LoadBalancerView.unknown("VELADOR_KONG_ADMIN is not set."));
        }
        return http.sendAsync(HttpRequest.newBuilder(health).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString())
                // The request's own timeout ends with the headers; this one holds for all of the answer.
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(answer -> answer.statusCode() == 200
                        ? read(answer.body())
                        : LoadBalancerView.unknown("Kong's Admin API answers " + answer.statusCode() + " to " + PATH + " (expected: 200)."))
                .exceptionally(failure -> LoadBalancerView.unknown("Kong's Admin API does not answer."));
    }

    /** Reads Kong's answer: {@code {"data": [{"target": "10.128.0.10:8080", "health": "HEALTHY"}]}}. */
    static LoadBalancerView read(String answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer))) {
            List<LoadBalancerView.Target> targets = new ArrayList<>();
            JsonValue data = reader.readObject().get("data");
            // An upstream without targets is an empty object: Lua does not tell the two apart.
            if (data != null && data.getValueType() == JsonValue.ValueType.ARRAY) {
                for (JsonObject target : data.asJsonArray().getValuesAs(JsonObject.class)) {
                    targets.add(new LoadBalancerView.Target(target.getString("target"), target.getString("health", "UNKNOWN"), null));
                }
            }
            return new LoadBalancerView(true, null, targets);
        } catch (JsonException | ClassCastException | NullPointerException e) {
            return LoadBalancerView.unknown("Kong's Admin API answers something else than the health of its targets.");
        }
    }
}
