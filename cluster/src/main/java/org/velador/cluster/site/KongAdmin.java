package org.velador.cluster.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.velador.cluster.gateway.TargetStatus;

/** What Kong's Admin API tells of one upstream. */
final class KongAdmin {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final String upstream;
    private final List<InetSocketAddress> targets;

    /** @param targets in the order in which they are to be told; Kong has none */
    KongAdmin(URI base, String upstream, List<InetSocketAddress> targets) {
        this.base = base;
        this.upstream = upstream;
        this.targets = List.copyOf(targets);
    }

    URI uri() {
        return base;
    }

    /** Whether it answers, with the upstream that is asked for. */
    boolean answers() {
        try {
            return get("upstreams/" + upstream + "/health").path("data").size() == targets.size();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /**
     * What it thinks of each target.
     *
     * @throws UncheckedIOException when it does not answer
     */
    List<TargetStatus> targets() {
        Map<String, String> health = new HashMap<>();
        for (JsonNode target : get("upstreams/" + upstream + "/health").path("data")) {
            health.put(target.path("target").asText(), target.path("health").asText());
        }
        return targets.stream().map(target -> {
            String word = health.getOrDefault(Ports.text(target), "unknown");
            boolean healthy = word.equals("HEALTHY") || word.equals("HEALTHCHECKS_OFF");
            return new TargetStatus(target, healthy, healthy ? "" : "Kong says " + word);
        }).toList();
    }

    /**
     * Whether it has a target for a request.
     *
     * @throws UncheckedIOException when it does not answer
     */
    boolean available() {
        return !get("upstreams/" + upstream + "/health?balancer_health=1").path("data").path("health").asText()
                .equals("UNHEALTHY");
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(base.resolve(path) + ": got status " + answer.statusCode() + ", expected 200");
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SiteFailure("stopped while asking Kong", e);
        }
    }
}
