package org.velador.cluster.ward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/**
 * How the ward's devices speak to the site: JSON by POST, over connections that are kept open, and again and again until
 * there is an answer. 502, 503 and 504 are a load balancer's way to say that nobody answered; the measurement may have been
 * stored all the same, which is why everything posted here must be harmless when it comes twice.
 */
final class Post {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final Set<Integer> NOBODY_ANSWERED = Set.of(502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final URI site;
    private final String key;

    /** @param key sent in {@code X-API-Key} */
    Post(URI site, String key) {
        this.site = site;
        this.key = key;
    }

    /**
     * Posts until answered.
     *
     * @param path path below the site, such as {@code /api/measurements}
     * @param body anything Jackson can write
     * @return the answer: whatever is not 502, 503 or 504
     * @throws InterruptedException when the thread is asked to stop meanwhile
     */
    HttpResponse<String> untilAnswered(String path, Object body) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(site.resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .header("X-API-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(json(body)))
                        .build();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (!NOBODY_ANSWERED.contains(response.statusCode())) {
                    return response;
                }
            } catch (IOException refusedOrBroken) {
                // The same as no answer.
            }
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static byte[] json(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + body, e);
        }
    }
}
