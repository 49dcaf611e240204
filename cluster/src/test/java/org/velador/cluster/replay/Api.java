package org.velador.cluster.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.velador.cluster.site.Site;

/** The site as its clients see it. They try again when the gateway says that nobody answered. */
public final class Api {

    static final String JSON = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<Integer> NOBODY_ANSWERED = Set.of(502, 503, 504);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final AtomicInteger repeated = new AtomicInteger();
    private final URI site;
    private final String key;

    public Api(Site site) {
        this.site = site.uri();
        this.key = site.serviceKey("tests");
    }

    /** A status and what came with it. */
    record Answer(int status, JsonNode body) {}

    Answer post(String path, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> response =
                send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
        return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
    }

    /** Posts what must succeed; when it had to be sent again, the first one may have been what succeeded. */
    public void create(String path, Object body, int status) throws IOException, InterruptedException {
        int repeatedBefore = repeated();
        Answer answer = post(path, JSON, MAPPER.writeValueAsString(body));
        boolean done = answer.status() == status || answer.status() == 409 && repeated() > repeatedBefore;
        if (!done) {
            throw new IOException("POST %s: got %s, expected %d".formatted(path, answer, status));
        }
    }

    /** The items of a list, page by page to its end. */
    public List<JsonNode> all(String path) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = MAPPER.readTree(get(path + (path.contains("?") ? "&" : "?") + "limit=1000" + cursor, JSON));
            page.get("items").forEach(items::add);
            if (!page.has("cursor")) {
                return items;
            }
            cursor = "&cursor=" + page.get("cursor").asText();
        }
    }

    String get(String path, String type) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path).header("Accept", type).build());
        if (response.statusCode() != 200) {
            throw new IOException("GET %s: got %d %s, expected 200".formatted(path, response.statusCode(), response.body()));
        }
        return response.body();
    }

    /** How many requests were sent again. */
    int repeated() {
        return repeated.get();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(site.resolve(path)).header("X-API-Key", key).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (!NOBODY_ANSWERED.contains(response.statusCode()) || Instant.now().isAfter(deadline)) {
                    return response;
                }
            } catch (IOException broken) {
                if (Instant.now().isAfter(deadline)) {
                    throw broken;
                }
            }
            repeated.incrementAndGet();
            Thread.sleep(100);
        }
    }
}
