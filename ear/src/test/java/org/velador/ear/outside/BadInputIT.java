package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.outside.Contract.Operation;

/**
 * All kinds of bad input to every operation of the OpenAPI document, so that a new one is tried without being named here. Whatever
 * comes, no answer is a 500 or gives our insides away, errors are problems, and the instance is well afterwards.
 */
@ArquillianTest
@RunAsClient
class BadInputIT {

    private static final AtomicInteger ALL = new AtomicInteger();

    /** A build tries one of so many values in each place, and each value in some place; with {@code -Dvelador.bad-input.share=1} all everywhere. */
    private static final int SHARE = Integer.getInteger("velador.bad-input.share", 16);

    /** What the examples of the document name, and may be spoiled; everything else that is tried is there for all tests. */
    private static final Map<String, String> OWN = Map.of("/api/variables/{code}", "end-tidal-co2");

    /** Whatever is locked out for its bad input, this address is nobody else's. */
    private static final Map<String, String> ORIGIN = Map.of("X-Forwarded-For", "192.0.2.77");

    @ArquillianResource
    URL site;

    private final Map<String, String> etags = new ConcurrentHashMap<>();
    private Tried tried;
    private Api api;
    private List<Operation> operations;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    /** The things that the document's examples are about. */
    @BeforeEach
    void prepare() throws Exception {
        api = Api.at(site);
        operations = Contract.ofShippedArchive().operations();
        assertThat(operations).hasSizeGreaterThan(30);
        tried = new Tried();
        for (String collection : List.of("/api/variables", "/api/places", "/api/patients")) {
            Operation post = operations.stream().filter(o -> o.toString().equals("POST " + collection)).findFirst().orElseThrow();
            assertThat(api.post(collection, post.bodies().get("application/json")).status()).isIn(201, 409);
        }
    }

    @AfterEach
    void instanceIsWell() throws Exception {
        ALL.addAndGet(tried.count());
        assertThat(tried.wrong()).isEmpty();
        assertThat(api.get("/health/ready").is(200).json().path("status").asText()).isEqualTo("UP");
        api.measure("oxygen-saturation", "ICU-05", 97, Instant.now().toString()).is(201);
    }

    @AfterAll
    static void tell() {
        System.out.println("bad input: " + ALL + " requests tried");
    }

    @Test
    void fieldsOfBodies() throws Exception {
        forEachOperation(operation -> {
            for (var body : operation.bodies().entrySet()) {
                String example = body.getValue();
                List<String> bodies = body.getKey().equals(Api.CSV) ? Hostile.withOtherCells(example) : Hostile.withOtherFields(example.lines().findFirst().orElseThrow());
                for (String hostile : share(bodies, operation)) {
                    send(operation, url(operation), hostile.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", body.getKey()));
                }
            }
        });
    }

    @Test
    void bodiesAsAWhole() throws Exception {
        forEachOperation(operation -> {
            for (var body : operation.bodies().entrySet()) {
                for (byte[] hostile : share(Hostile.broken(body.getValue()), SHARE / 2, operation + body.getKey())) {
                    send(operation, url(operation), hostile, Map.of("Content-Type", body.getKey()));
                }
            }
        });
    }

    @Test
    void contentTypes() throws Exception {
        forEachOperation(operation -> {
            // The server lets no body be sent along where that means nothing.
            byte[] body = body(operation);
            for (String type : Hostile.contentTypes()) {
                send(operation, url(operation), body, Map.of("Content-Type", type));
                send(operation, url(operation), body, headers("Accept", type, operation));
            }
            if (!operation.bodies().isEmpty()) {
                send(operation, url(operation), body, Map.of());
                send(operation, url(operation), body, headers("Content-Encoding", "gzip", operation));
            }
        });
    }

    @Test
    void partsOfPaths() throws Exception {
        forEachOperation(operation -> {
            for (String name : operation.names("path")) {
                for (String text : share(Hostile.texts(), operation + name)) {
                    String path = url(operation.path().replace("{" + name + "}", Hostile.encoded(text)), operation);
                    send(operation, path, body(operation), typed(operation));
                }
            }
        });
    }

    @Test
    void queryParameters() throws Exception {
        forEachOperation(operation -> {
            List<String> names = new ArrayList<>(operation.names("query"));
            names.add("unknown");
            for (String name : names) {
                String others = operation.parameters().stream()
                        .filter(p -> p.in().equals("query") && !p.name().equals(name) && !p.example().isEmpty())
                        .map(p -> "&" + p.name() + "=" + Hostile.encoded(p.example()))
                        .reduce("", String::concat);
                for (String text : share(Hostile.texts(), operation + name)) {
                    String query = "?" + name + "=" + Hostile.encoded(text);
                    send(operation, url(operation) + query, body(operation), typed(operation));
                    send(operation, url(operation) + query + others, body(operation), typed(operation));
                }
            }
        });
    }

    @Test
    void headers() throws Exception {
        List<String> values = Hostile.texts().stream().filter(text -> text.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f)).toList();
        List<String> names = List.of("If-Match", "If-None-Match", "If-Modified-Since", "Range", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Request-ID", "Authorization", "Cookie", "Accept-Language",
                "Accept-Charset", "Accept-Encoding", "X-HTTP-Method-Override", "Origin");
        forEachOperation(operation -> {
            for (String name : names) {
                List<String> some = share(share(values, name), operation);
                for (String value : operation.names("header").contains(name) ? values : some) {
                    send(operation, url(operation), body(operation), headers(name, value, operation));
                }
            }
        });
    }

    @Test
    void otherMethods() throws Exception {
        for (String path : operations.stream().map(Operation::path).distinct().toList()) {
            List<String> known = operations.stream().filter(o -> o.path().equals(path)).map(Operation::method).toList();
            for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "MOVE", "get", "X".repeat(100))) {
                if (!known.contains(method) && !path.startsWith("/health")) {
                    Operation operation = new Operation(method, path, operations.stream().filter(o -> o.path().equals(path)).findFirst().orElseThrow().parameters(), Map.of());
                    String name = method + " " + path;
                    Answer answer = Wire.send(api.base(), method + " " + url(operation) + " HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                    if (method.equals("HEAD")) {
                        assertThat(answer.status()).as(name).isLessThan(500);
                    } else if (method.equals("TRACE")) {
                        tried.answeredOrCutShort(name, answer);
                    } else {
                        tried.answered(name, answer);
                    }
                    assertThat(answer.body()).as(name).doesNotContain("wadl").doesNotContain("Host: x");
                }
            }
        }
    }

    private static <T> List<T> share(List<T> values, Object place) {
        return share(values, SHARE, place);
    }

    /** One of so many, others in other places. */
    private static <T> List<T> share(List<T> values, int ofSoMany, Object place) {
        int share = Math.max(1, ofSoMany);
        int first = Math.floorMod(place.toString().hashCode(), share);
        return IntStream.range(0, values.size()).filter(i -> i % share == first).mapToObj(values::get).toList();
    }

    private interface Trial {
        void on(Operation operation) throws Exception;
    }

    /** Two at a time. */
    private void forEachOperation(Trial trial) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Void>> trials = new ArrayList<>();
            for (Operation operation : operations) {
                trials.add(() -> {
                    trial.on(operation);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(trials)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void send(Operation operation, String url, byte[] body, Map<String, String> headers) {
        String shown = operation.method() + " " + url + " " + headers + (body == null ? "" : " " + new String(body, StandardCharsets.UTF_8));
        try {
            Map<String, String> all = new HashMap<>(ORIGIN);
            if (operation.names("header").contains("If-Match")) {
                all.put("If-Match", operation.method().equals("DELETE") ? "\"999999\"" : etag(url));
            }
            all.putAll(headers);
            BodyPublisher publisher = body == null ? null : BodyPublishers.ofByteArray(body);
            Answer answer = api.send(operation.method(), url, publisher, all);
            if (!answer.etag().isEmpty()) {
                etags.put(url, answer.etag());
            }
            if (url.equals(url(operation)) && Set.of("Content-Type").containsAll(headers.keySet())) {
                tried.answered(shown, answer);
            } else {
                // The server refuses some paths, and headers that are too long, by itself.
                tried.answeredOrCutShort(shown, answer);
            }
        } catch (Exception e) {
            tried.failed(shown, e);
        }
    }

    /** So that an edit is not refused for its version alone. */
    private String etag(String url) throws Exception {
        String known = etags.get(url);
        if (known == null) {
            known = api.get(url).etag();
            etags.put(url, known.isEmpty() ? "\"1\"" : known);
        }
        return etags.get(url);
    }

    private byte[] body(Operation operation) {
        return operation.bodies().values().stream().findFirst().map(body -> body.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    private static Map<String, String> typed(Operation operation) {
        return operation.bodies().keySet().stream().findFirst().map(type -> Map.of("Content-Type", type)).orElse(Map.of());
    }

    private static Map<String, String> headers(String name, String value, Operation operation) {
        Map<String, String> headers = new HashMap<>(typed(operation));
        headers.put(name, value);
        return headers;
    }

    private String url(Operation operation) {
        return url(operation.path(), operation);
    }

    private String url(String path, Operation operation) {
        String url = path;
        for (var parameter : operation.parameters()) {
            url = url.replace("{" + parameter.name() + "}", OWN.getOrDefault(operation.path(), parameter.example()));
        }
        return url;
    }
}
