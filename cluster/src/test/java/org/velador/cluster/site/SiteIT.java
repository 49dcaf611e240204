package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSite.class)
class SiteIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void healthAnswersThroughTheGateway(Site site) throws Exception {
        assertThat(get(site, site.uri().resolve("/health/")).statusCode()).isEqualTo(200);
        assertThat(get(site, site.uri().resolve("/health")).statusCode()).isEqualTo(200);
    }

    @Test
    void everyInstanceListensOnItsOwnAddress(Site site) throws Exception {
        assertThat(site.instances()).hasSize(3);
        for (InstanceProcess instance : site.instances()) {
            assertThat(get(site, instance.uri().resolve("/health/live")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void heartRateOf190BecomesAnAlarm(Site site) throws Exception {
        post(site, site.uri().resolve("/api/places"), "{\"code\":\"SITE-01\",\"ward\":\"SITE\",\"kind\":\"bed\"}");

        HttpResponse<String> stored =
                post(
                        site,
                        site.uri().resolve("/api/measurements"),
                        "{\"variable\":\"heart-rate\",\"place\":\"SITE-01\",\"value\":190,\"unit\":\"/min\"}");
        assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);

        JsonNode alarms = new ObjectMapper().readTree(get(site, site.uri().resolve("/api/alarms?state=active&place=SITE-01")).body());
        assertThat(alarms.get("items")).hasSize(1);
        assertThat(alarms.get("items").get(0).get("priority").asText()).isEqualTo("high");
        assertThat(alarms.get("items").get(0).get("value").asDouble()).isEqualTo(190);
    }

    @Test
    void sessionOfOneInstanceIsGoodOnAllAndEndsOnAll(Site site) throws Exception {
        List<URI> instances = site.instances().stream().map(InstanceProcess::uri).toList();
        String given = "temporary-7kq2m";
        post(site, instances.get(0).resolve("/api/accounts"),
                "{\"username\":\"site\",\"name\":\"Site\",\"roles\":[\"viewer\"],\"password\":\"" + given + "\"}");
        HttpResponse<String> signedIn =
                post(site, instances.get(0).resolve("/api/session"), "{\"username\":\"site\",\"password\":\"" + given + "\"}");
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        String token = new ObjectMapper().readTree(signedIn.body()).get("token").asText();
        for (URI instance : instances) {
            assertThat(session(instance, token, "GET")).isEqualTo(200);
        }

        assertThat(session(instances.get(1), token, "DELETE")).isEqualTo(204);

        for (URI instance : instances) {
            assertThat(session(instance, token, "GET")).isEqualTo(401);
        }
    }

    @Test
    void killedInstanceCostsNoRequestAndComesBack(Site site) throws Exception {
        InstanceProcess victim = site.instances().get(1);
        victim.kill();
        assertThat(victim.awaitEnd(Duration.ofSeconds(10))).isTrue();
        for (int i = 0; i < 30; i++) {
            assertThat(get(site, site.uri().resolve("/api/variables")).statusCode()).isEqualTo(200);
        }

        victim.start();
        victim.awaitReady(site.settings().readyWithin());
        Instant deadline = Instant.now().plusSeconds(30);
        while (!site.gateway().targets().stream().allMatch(target -> target.healthy())) {
            assertThat(Instant.now()).as("the gateway leaves out the instance that is back").isBefore(deadline);
            Thread.sleep(100);
        }
    }

    @Test
    void adminApiTellsOfEveryInstance(Site site) throws Exception {
        JsonNode health = new ObjectMapper().readTree(get(site, site.admin().resolve("upstreams/velador/health")).body());
        assertThat(health.get("data")).extracting(target -> target.get("target").asText()).containsExactlyInAnyOrderElementsOf(
                site.instances().stream().map(instance -> Ports.text(instance.address())).toList());
        assertThat(health.get("data")).allSatisfy(target -> assertThat(target.get("health").asText()).isEqualTo("HEALTHY"));
    }

    @Test
    void edgeRefusesExactlyTheBodiesThatTheApplicationWould(Site site) throws Exception {
        URI measurements = site.uri().resolve("/api/measurements");
        assertThat(post(site, measurements, " ".repeat(8 * 1024 * 1024)).statusCode()).isEqualTo(400);
        HttpResponse<String> tooLarge = post(site, measurements, " ".repeat(8 * 1024 * 1024 + 1));
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(tooLarge.body()).contains("Request size limit exceeded");
        assertThat(post(site, site.instances().get(0).uri().resolve("/api/measurements"), " ".repeat(8 * 1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void gatewayIsStartedAgainWhileTheInstancesRun(Site site) throws Exception {
        site.restartGateway();
        assertThat(get(site, site.uri().resolve("/api/variables")).statusCode()).isEqualTo(200);
        assertThat(site.gateway().targets()).hasSize(3);
    }

    @Test
    void suspendedInstanceIsStoppedAllTheSame() throws Exception {
        Site site = Site.start(SiteSettings.temporary(SharedSite.root()).withInstances(1));
        List<ProcessHandle> processes =
                List.of(ProcessHandle.of(site.instances().get(0).pid()).orElseThrow(), site.database().process());
        site.instances().get(0).suspend();

        site.close();

        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(site.settings().home()).doesNotExist();
    }

    private static int session(URI instance, String token, String method) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(instance.resolve("/api/session")).header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpResponse<String> get(Site site, URI uri) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri).header("X-API-Key", site.serviceKey("tests")).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(Site site, URI uri, String json) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("X-API-Key", site.serviceKey("tests"))
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
