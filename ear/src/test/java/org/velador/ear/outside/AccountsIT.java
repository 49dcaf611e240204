package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.node.Database;

/** Signing in and out, accounts, and the keys of devices. */
@ArquillianTest
@RunAsClient
class AccountsIT {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @ArquillianResource
    URL site;

    @ArquillianResource
    Database database;

    private Api service;
    private People people;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @BeforeEach
    void meet() {
        service = Api.at(site);
        people = new People(service);
    }

    @Test
    void tokenIsGoodUntilItsSessionEnds() throws Exception {
        people.signedIn("ana", "clinician");
        Api here = people.signIn("ANA", People.PASSWORD);
        Api there = people.signIn("ana", People.PASSWORD);
        assertThat(here.get("/api/session").is(200).json().toString())
                .isEqualTo("{\"username\":\"ana\",\"name\":\"Name of ana\",\"roles\":[\"clinician\"],\"passwordTemporary\":false}");

        Api refreshed = people.bearer(here.send("POST", "/api/session/refresh", null, Map.of()).is(200).json().path("token").asText());
        refreshed.get("/api/patients").is(200);
        here.delete("/api/session", "").is(204);

        for (Api ended : List.of(here, refreshed)) {
            ended.get("/api/session").isProblem(401, "unauthenticated");
            ended.send("POST", "/api/session/refresh", null, Map.of()).isProblem(401, "unauthenticated");
        }
        there.get("/api/patients").is(200);
    }

    @Test
    void browserHasTheTokenInACookieThatNoScriptAndNoOtherSiteCanUse() throws Exception {
        people.signedIn("berta", "clinician", "admin");
        Answer signedIn = people.attempt("berta", People.PASSWORD, Map.of());
        String cookie = signedIn.header("set-cookie");
        assertThat(cookie).startsWith("velador-session=").contains("HttpOnly").contains("SameSite=Strict").contains("Path=/").doesNotContain("Secure");
        assertThat(people.attempt("berta", People.PASSWORD, Map.of("X-Forwarded-Proto", "https")).is(200).header("set-cookie")).contains("Secure");
        assertThat(signedIn.header("cache-control")).isEqualTo("no-store");

        Map<String, String> sent = Map.of("Cookie", cookie.substring(0, cookie.indexOf(';')));
        Api browser = service.with(sent);
        browser.get("/api/session").is(200);
        String place = "{\"code\":\"BY-COOKIE\",\"ward\":\"COOKIE\",\"kind\":\"bed\"}";
        browser.post("/api/places", place).isProblem(403, "forged-request");
        for (Map<String, String> forged : List.of(Map.of("Sec-Fetch-Site", "cross-site"), Map.of("Sec-Fetch-Site", "same-site"), Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "null"))) {
            browser.send("POST", "/api/places", Api.body(Api.JSON.readTree(place)), with(forged, JSON)).isProblem(403, "forged-request");
        }
        browser.send("POST", "/api/places", Api.body(Api.JSON.readTree(place)), with(Map.of("Sec-Fetch-Site", "same-origin"), JSON)).is(201);
        Answer out = browser.send("DELETE", "/api/session", null, Map.of("Origin", "http://" + site.getAuthority())).is(204);
        assertThat(out.header("set-cookie")).contains("Max-Age=0");
        browser.get("/api/session").isProblem(401, "unauthenticated");
    }

    @Test
    void temporaryPasswordIsGoodForChoosingAnOwnOneAndNothingElse() throws Exception {
        String given = people.add("carla", "admin", "viewer");
        Api carla = people.signIn("carla", given);
        assertThat(carla.get("/api/session").is(200).json().path("passwordTemporary").asBoolean()).isTrue();
        carla.get("/api/variables").isProblem(403, "password-change-required");
        carla.get("/api/accounts").isProblem(403, "password-change-required");

        for (String bad : List.of("short", "aaaaaaaaaaaaaaaa", "i am carla herself", given)) {
            Answer refused = choose(carla, given, bad).isProblem(400, "invalid-request");
            assertThat(refused.body()).doesNotContain(bad);
        }
        choose(carla, "not the present one", "an own one at last").isProblem(401, "unauthenticated");
        choose(carla, given, "an own one at last").is(204);

        carla.get("/api/variables").is(200);
        people.attempt("carla", given, Map.of()).isProblem(401, "unauthenticated");
    }

    @Test
    void newPasswordEndsTheOtherSessions() throws Exception {
        people.signedIn("dora", "viewer");
        Api here = people.signIn("dora", People.PASSWORD);
        Api there = people.signIn("dora", People.PASSWORD);
        choose(here, People.PASSWORD, "a new one for the night").is(204);
        here.get("/api/variables").is(200);
        there.get("/api/variables").isProblem(401, "unauthenticated");

        service.send("PUT", "/api/accounts/dora/password", Api.body(Map.of("password", "given-by-the-desk")), JSON).is(204);
        here.get("/api/variables").isProblem(401, "unauthenticated");
        people.signIn("dora", "given-by-the-desk").get("/api/variables").isProblem(403, "password-change-required");
    }

    @Test
    void nothingTellsWhetherThereIsAnAccountAndAttemptsAreLimited() throws Exception {
        people.signedIn("elsa", "viewer");
        Map<String, String> from = Map.of("X-Forwarded-For", "198.51.100.7, 192.0.2.17");
        for (int i = 0; i < 5; i++) {
            Answer known = people.attempt("elsa", "a wrong password", from).isProblem(401, "unauthenticated");
            Answer unknown = people.attempt("nobody-like-that", "a wrong password", from).isProblem(401, "unauthenticated");
            assertThat(known.body()).isEqualTo(unknown.body());
        }
        Answer known = people.attempt("elsa", People.PASSWORD, from).isProblem(429, "too-many-attempts");
        Answer unknown = people.attempt("nobody-like-that", "a wrong password", Map.of()).isProblem(429, "too-many-attempts");
        for (Answer locked : List.of(known, unknown)) {
            assertThat(Integer.parseInt(locked.header("retry-after"))).isBetween(1, 30);
        }

        database.execute("update failed_sign_ins set locked_until = now() where subject like 'account %'");
        people.signIn("elsa", People.PASSWORD).get("/api/variables").is(200);
    }

    @Test
    void addressFromWhichManyNamesAreTriedIsLockedAndOthersAreNot() throws Exception {
        people.signedIn("fina", "viewer");
        database.execute("insert into failed_sign_ins (subject, failures, last_at) values ('address 192.0.2.99', 29, now())");
        people.attempt("someone-else", "a wrong password", Map.of("X-Forwarded-For", "192.0.2.99")).isProblem(401, "unauthenticated");
        people.attempt("fina", People.PASSWORD, Map.of("X-Forwarded-For", "192.0.2.99")).isProblem(429, "too-many-attempts");
        people.attempt("fina", People.PASSWORD, Map.of("X-Forwarded-For", "192.0.2.98")).is(200);
    }

    @Test
    void whoIsDisabledIsOutAtOnceAndRolesCountFromTheNextRequest() throws Exception {
        Api gina = people.signedIn("gina", "viewer");
        gina.get("/api/patients").isProblem(403, "forbidden");
        change("gina", List.of("viewer", "clinician"), false).is(200);
        gina.get("/api/patients").is(200);
        change("gina", List.of("clinician"), true).is(200);
        gina.get("/api/patients").isProblem(401, "unauthenticated");
        people.attempt("gina", People.PASSWORD, Map.of()).isProblem(401, "unauthenticated");
    }

    @Test
    void somebodyWhoAdministersAccountsIsAlwaysLeft() throws Exception {
        people.signedIn("hanna", "admin");
        database.execute("update account set disabled = true where roles like '%admin%' and username <> 'hanna'");
        change("hanna", List.of("viewer"), false).isProblem(409, "last-administrator");
        change("hanna", List.of("admin"), true).isProblem(409, "last-administrator");
        people.add("hanna-2", "admin");
        change("hanna", List.of("viewer"), false).is(200);
    }

    @Test
    void accountsAreCheckedAndNoAnswerRepeatsAPassword() throws Exception {
        service.post("/api/accounts", "{\"username\":\"x y\",\"name\":\"\",\"roles\":[\"viewer\"],\"password\":\"a-good-password\"}")
                .isProblem(400, "invalid-request");
        service.post("/api/accounts", "{\"username\":\"iris\",\"name\":\"Iris\",\"roles\":[\"device\"],\"password\":\"a-good-password\"}")
                .isProblem(400, "invalid-request");
        service.post("/api/accounts", "{\"username\":\"iris\",\"name\":\"Iris\",\"roles\":[],\"password\":\"a-good-password\"}").isProblem(400, "invalid-request");
        Answer weak = service.post("/api/accounts", "{\"username\":\"iris\",\"name\":\"Iris\",\"roles\":[\"viewer\"],\"password\":\"secret7\"}")
                .isProblem(400, "invalid-request");
        assertThat(weak.body()).doesNotContain("secret7");
        people.add("iris", "viewer");
        service.post("/api/accounts", "{\"username\":\"IRIS\",\"name\":\"Iris\",\"roles\":[\"viewer\"],\"password\":\"a-good-password\"}").isProblem(409, "already-exists");
        assertThat(database.number("select count(*) from account where username = 'iris' and password_hash like 'PBKDF2WithHmacSHA512:210000:%'")).isOne();
    }

    @Test
    void tokenThatSomebodyElseMadeIsNone() throws Exception {
        people.signedIn("jana", "viewer");
        String[] parts = people.token("jana", People.PASSWORD).split("\\.");
        String unsigned = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes()) + "." + parts[1] + ".";
        String other = Base64.getUrlEncoder().withoutPadding().encodeToString(
                new String(Base64.getUrlDecoder().decode(parts[1])).replace("jana", "ana").getBytes());
        for (String forged : List.of(unsigned, parts[0] + "." + other + "." + parts[2], parts[0] + "." + parts[1] + "." + parts[2].substring(2), "x", "..", "null")) {
            people.bearer(forged).get("/api/variables").isProblem(401, "unauthenticated");
        }
    }

    @Test
    void keyOfADeviceWorksAtOnceAndStopsWithinFiveSecondsOfBeingRevoked() throws Exception {
        String bed = service.bed("KEY-1");
        JsonNode made = service.post("/api/devices", "{\"code\":\"monitor-7\",\"name\":\"Monitor 7\"}").is(201).json();
        service.post("/api/devices", "{\"code\":\"monitor-7\",\"name\":\"Monitor 7\"}").isProblem(409, "already-exists");
        Api device = service.with(Map.of(Api.KEY_HEADER, made.path("key").asText()));
        device.measure("heart-rate", bed, 80, "2026-02-21T00:00:00Z").is(201);
        assertThat(service.get("/api/devices/monitor-7").is(200).body()).doesNotContain(made.path("key").asText());

        service.delete("/api/devices/monitor-7", "").is(204);
        Instant revoked = Instant.now();
        while (device.post("/api/measurements", "{}").status() != 401) {
            assertThat(Duration.between(revoked, Instant.now())).isLessThan(Duration.ofSeconds(5));
            Thread.sleep(50);
        }
        assertThat(service.get("/api/devices/monitor-7").is(200).json().has("revokedAt")).isTrue();
        service.with(Map.of(Api.KEY_HEADER, "velador_guessed")).get("/api/variables").isProblem(401, "unauthenticated");
    }

    @Test
    void onlyCliniciansAreToldWhoLiesWhere() throws Exception {
        String bed = service.bed("WHO-1");
        service.post("/api/patients", "{\"mrn\":\"WHO\",\"name\":\"N\",\"sex\":\"unknown\"}").is(201);
        service.post("/api/patients/WHO/stays", "{\"place\":\"WHO-1\",\"from\":\"2026-02-01T00:00:00Z\"}").is(201);
        assertThat(service.measure("heart-rate", bed, 200, "2026-02-21T00:00:00Z").is(201).body()).contains("\"patient\":\"WHO\"");
        Api viewer = people.signedIn("kira", "viewer", "admin");
        for (String path : List.of("/api/measurements?place=WHO-1", "/api/measurements/latest?place=WHO-1", "/api/alarms?place=WHO-1")) {
            assertThat(service.get(path).is(200).body()).contains("\"patient\":\"WHO\"");
            assertThat(viewer.get(path).is(200).body()).contains("WHO-1").doesNotContain("\"WHO\"");
        }
        assertThat(viewer.send("GET", "/api/measurements?place=WHO-1", null, Map.of("Accept", "text/csv")).is(200).body()).contains("WHO-1").doesNotContain("WHO,");
        viewer.get("/api/measurements?patient=WHO").isProblem(403, "forbidden");
        viewer.get("/api/alarms?patient=WHO").isProblem(403, "forbidden");
    }

    @Test
    void refusalSaysHowToSignInAndTheLogKeepsSecrets() throws Exception {
        Api nobody = service.with(Map.of());
        assertThat(nobody.get("/api/variables").isProblem(401, "unauthenticated").header("www-authenticate")).startsWith("Bearer");
        String token = people.token(signedInName(), People.PASSWORD);
        people.bearer(token).get("/api/variables").is(200);
        String log = Files.readString(Path.of(System.getProperty("velador.scratch"), "node.log"));
        assertThat(log).doesNotContain(People.PASSWORD).doesNotContain(token).doesNotContain(Database.KEY);
    }

    private String signedInName() throws Exception {
        people.signedIn("lola", "viewer");
        return "lola";
    }

    private static Answer choose(Api who, String present, String chosen) throws Exception {
        return who.send("PUT", "/api/session/password", Api.body(Map.of("password", present, "newPassword", chosen)), JSON);
    }

    private Answer change(String username, List<String> roles, boolean disabled) throws Exception {
        String tag = service.get("/api/accounts/" + username).is(200).etag();
        return service.put("/api/accounts/" + username, tag, Api.json(Map.of("name", "New name", "roles", roles, "disabled", disabled)));
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new java.util.HashMap<>(some);
        all.putAll(others);
        return all;
    }
}
