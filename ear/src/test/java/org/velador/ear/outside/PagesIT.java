package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.velador.ear.ShippedArchive;

/** Health, the documents and the pages. */
@ArquillianTest
@RunAsClient
class PagesIT {

    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/", "/health/live", "/health/ready", "/health/started"})
    void healthIsUp(String path) throws Exception {
        Answer answer = Api.at(site).get(path).is(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.json().path("status").asText()).isEqualTo("UP");
    }

    @Test
    void readinessSaysWhatItIsMadeOf() throws Exception {
        JsonNode data = Api.at(site).get("/health/ready").json().path("checks").path(0).path("data");
        assertThat(data.path("database").asText()).isEqualTo("UP");
        assertThat(data.path("schema").asText()).isEqualTo("UP");
        assertThat(data.path("draining").asBoolean(true)).isFalse();
    }

    @Test
    void contractAndMetricsAreForTheInsideAndForThoseWhoSignedIn() throws Exception {
        Api service = Api.at(site);
        assertThat(service.get("/openapi").is(200).contentType()).startsWith("application/yaml");
        service.get("/api/variables").is(200);
        assertThat(service.get("/metrics").is(200).body()).contains("velador_http_requests_seconds_count{method=\"GET\",status=\"2xx\"}")
                .contains("velador_database_up 1.0").contains("jvm_memory_used_bytes");

        String key = service.post("/api/devices", "{\"code\":\"pages-device\",\"name\":\"Device\"}").is(201).json().path("key").asText();
        Map<String, String> outside = Map.of("X-Forwarded-For", "127.0.0.1, 192.0.2.7");
        for (String path : List.of("/openapi", "/metrics")) {
            service.with(Map.of()).get(path).is(200);
            service.with(outside).get(path).isProblem(401, "unauthenticated");
            service.send("GET", path, null, outside).is(200);
        }
        Map<String, String> device = Map.of("X-Forwarded-For", "192.0.2.7", Api.KEY_HEADER, key);
        service.with(device).get("/openapi").is(200);
        service.with(device).get("/metrics").isProblem(403, "forbidden");
    }

    @Test
    void documentDescribesEachPath() throws Exception {
        Answer document = Api.at(site).send("GET", "/openapi?format=JSON", null, Map.of("Accept", "application/json")).is(200);
        assertThat(document.json().path("paths").fieldNames()).toIterable().contains("/api/measurements", "/api/measurements/latest",
                "/api/measurements/series", "/api/alarms", "/api/alarms/{id}", "/api/alarms/{id}/acknowledgement", "/api/variables",
                "/api/variables/{code}", "/api/places", "/api/patients", "/api/patients/{mrn}/stays", "/api/patients/{mrn}/history", "/api/limits",
                "/api/limits/effective");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/docs"})
    void pageFindsAllThatItRefersTo(String path) throws Exception {
        Api api = Api.at(site);
        Answer page = api.get(path).is(200);
        assertThat(page.contentType()).startsWith("text/html");
        Matcher references = REFERENCE.matcher(page.body());
        int found = 0;
        while (references.find()) {
            String target = references.group(1);
            assertThat(target).as("works without a network").doesNotStartWith("http").doesNotStartWith("//");
            api.get(api.base().resolve(path).resolve(target).toString()).is(200);
            found++;
        }
        assertThat(found).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/docs", "/velador.css", "/webjars/swagger-ui/swagger-ui-bundle.js", "/openapi", "/health/", "/api/variables", "/api/variables/none", "/api/variables?limit=x", "/api/nothing",
        "/nothing", "/WEB-INF/web.xml", "/api/measurements?limit=1"})
    void everyAnswerTellsBrowsersHowSafeToBe(String path) throws Exception {
        Answer answer = Api.at(site).get(path);
        String policy = answer.header("Content-Security-Policy");
        assertThat(policy).contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'").doesNotContain("unsafe", "*", "http");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThat(answer.header("Cache-Control").contains("no-store")).isEqualTo(path.startsWith("/api"));
        assertThat(answer.headers().allValues("Content-Security-Policy")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/variables", "/api/nothing", "/nothing"})
    void whoCameEncryptedIsToldToStaySo(String path) throws Exception {
        Answer answer = Api.at(site).send("GET", path, null, Map.of("X-Forwarded-Proto", "https"));
        assertThat(answer.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }

    /** So that the policy above is all they need. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/docs"})
    void pagesHaveNoScriptsAndStylesWithinThem(String path) throws Exception {
        assertThat(Api.at(site).get(path).body()).doesNotContainPattern("<style|\\sstyle=|\\son\\w+=|<script(?![^>]*\\ssrc=)|javascript:");
    }
}
