package org.velador.cluster.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import org.velador.cluster.replay.Sample;

/** Sends single requests and says what came of each, whatever it was. */
final class Client {

    /** Longer than anything may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    private final String key;

    /** @param key sent in {@code X-API-Key} */
    Client(String key) {
        this.key = key;
    }

    Call post(String name, URI base, Sample s) throws InterruptedException {
        String json =
                String.format(
                        Locale.ROOT, "{\"variable\":\"%s\",\"place\":\"%s\",\"value\":%s,\"takenAt\":\"%s\",\"device\":\"%s\"}",
                        s.variable(), s.place(), s.value(), s.takenAt(), name);
        return send(
                name, s,
                request(base.resolve("/api/measurements")).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Call get(String name, URI uri) throws InterruptedException {
        return send(name, null, request(uri));
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("X-API-Key", key).timeout(PATIENCE);
    }

    private Call send(String name, Sample sample, HttpRequest.Builder request) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            Outcome outcome = Outcome.of(answer);
            String detail = outcome == Outcome.DONE ? "" : answer.statusCode() + " " + answer.body();
            return new Call(name, sample, begun, System.nanoTime(), outcome, detail);
        } catch (IOException e) {
            return new Call(name, sample, begun, System.nanoTime(), Outcome.BROKEN, e.toString());
        }
    }
}
