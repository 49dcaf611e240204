package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.velador.ear.ShippedArchive;

/** Each error that a person can meet: a problem with a stable type and the reason, never a 5xx. */
@ArquillianTest
@RunAsClient
class RefusalsIT {

    private static final String MEASUREMENTS = "/api/measurements";
    private static final String ONE = "{'variable':'heart-rate','place':'nowhere','value':80}".replace('\'', '"');
    private static final int TEN_MIB = 10 * 1024 * 1024;

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                // What is no JSON, or not the JSON that is expected.
                body(MEASUREMENTS, "", 400, "malformed-json", null),
                body(MEASUREMENTS, "{'variable':", 400, "malformed-json", null),
                body(MEASUREMENTS, "{'variable':'heart-rate' 'place':'x'}", 400, "malformed-json", null),
                body(MEASUREMENTS, "'heart-rate'", 400, "malformed-json", null),
                body(MEASUREMENTS, "null", 400, "malformed-json", null),
                body(MEASUREMENTS, "{}{}", 400, "invalid-measurement|malformed-json", null),
                body(MEASUREMENTS, "{'value':1,'value':2}", 400, "malformed-json", null),
                body(MEASUREMENTS, "[".repeat(100_000), 400, "malformed-json", null),
                body(MEASUREMENTS, "{'x':" + "{'x':".repeat(5_000), 400, "malformed-json", null),
                body(MEASUREMENTS, "{'value':" + "9".repeat(5_000) + "}", 400, "malformed-json", null),
                body(MEASUREMENTS, "<measurement/>", 400, "malformed-json", null),
                // One measurement that cannot be read.
                body(MEASUREMENTS, "{}", 400, "invalid-measurement", "variable"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x'}", 400, "invalid-measurement", "value"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':null}", 400, "invalid-measurement", "value"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':'80'}", 400, "invalid-measurement", "value"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':[80]}", 400, "invalid-measurement", "value"),
                body(MEASUREMENTS, "{'variable':7,'place':'x','value':80}", 400, "invalid-measurement", "variable"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':80,'valeu':81}", 400, "invalid-measurement", "valeu"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':80,'takenAt':'yesterday'}", 400, "invalid-measurement", "takenAt"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':80,'takenAt':'2026-02-30T10:00:00Z'}", 400, "invalid-measurement", "takenAt"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':80,'takenAt':'2026-01-31T10:00:00'}", 400, "invalid-measurement", "takenAt"),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'x','value':80,'takenAt':1769853600}", 400, "invalid-measurement", "takenAt"),
                // One measurement that cannot be stored.
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':NaN}", 422, "invalid-measurement", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':Infinity}", 422, "implausible-value", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':1e400}", 422, "implausible-value", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':351}", 422, "implausible-value", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':-1}", 422, "implausible-value", null),
                body(MEASUREMENTS, "{'variable':'heart-rat','place':'REF-1','value':80}", 422, "unknown-variable", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-0','value':80}", 422, "unknown-place", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'\\u0000','value':80}", 422, "unknown-place", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'\\ud800','value':80}", 422, "unknown-place", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'unit':'bpm'}", 422, "unit-mismatch", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'takenAt':'2999-01-01T00:00:00Z'}", 422, "taken-in-the-future", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'takenAt':'+999999999-12-31T00:00:00Z'}", 422, "taken-in-the-future", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'takenAt':'-999999999-01-01T00:00:00Z'}", 422, "invalid-measurement", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'takenAt':'+999999999-12-31T23:59:59-18:00'}", 422, "taken-in-the-future", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'takenAt':'-999999999-01-01T00:00:00+18:00'}", 422, "invalid-measurement", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'device':'" + "d".repeat(121) + "'}", 422, "invalid-measurement", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'device':'a\\u0000b'}", 422, "invalid-measurement", null),
                body(MEASUREMENTS, "{'variable':'heart-rate','place':'REF-1','value':80,'device':'a\\ud800b'}", 422, "invalid-measurement", null),
                body(MEASUREMENTS, "[" + (ONE + ",").repeat(10_000) + ONE + "]", 413, "too-many-measurements", null),
                // The registers.
                body("/api/places", "null", 400, "invalid-request", null),
                body("/api/places", "", 400, "malformed-json|invalid-request", null),
                body("/api/places", "[]", 400, "malformed-json", null),
                body("/api/places", "{}", 400, "invalid-request", "code"),
                body("/api/places", "{'code':'A B','ward':'W','kind':'bed'}", 400, "invalid-request", "code"),
                body("/api/places", "{'code':'" + "A-".repeat(100_000) + "','ward':'W','kind':'bed'}", 400, "invalid-request", "code"),
                body("/api/places", "{'code':'A','ward':'W','kind':'cupboard'}", 400, "invalid-request", "kind"),
                body("/api/places", "{'code':'A','ward':'W','kind':0}", 400, "invalid-request", "kind"),
                body("/api/places", "{'code':'A','ward':'\\u0000','kind':'bed'}", 400, "invalid-request", null),
                body("/api/places", "{'code':'A','ward':'\\ud800','kind':'bed'}", 400, "invalid-request", null),
                body("/api/places", "{'code':'A','ward':'W','kind':'bed','beds':2}", 400, "invalid-request", "beds"),
                body("/api/places", "{'code':'REF-1','ward':'W','kind':'bed'}", 409, "already-exists", null),
                body("/api/variables", "{'code':'heart-rate','name':'N','unit':'/min','plausibleLow':0,'plausibleHigh':1}", 409, "already-exists", null),
                body("/api/variables", "{'code':'Heart','name':'','unit':'/min','plausibleLow':0}", 400, "invalid-request", "plausibleHigh"),
                body("/api/variables", "{'code':'" + "a-".repeat(100_000) + "','name':'N','unit':'/min','plausibleLow':0,'plausibleHigh':1}", 400, "invalid-request", "code"),
                body("/api/variables", "{'code':'a','name':'N','unit':'/min','plausibleLow':2,'plausibleHigh':1}", 400, "invalid-request", "plausibleLow"),
                body("/api/variables", "{'code':'a','name':'N','unit':'/min','plausibleLow':NaN,'plausibleHigh':1}", 400, "malformed-json", null),
                body("/api/variables", "{'code':'a','name':'N','unit':'/min','plausibleLow':-1e999,'plausibleHigh':1}", 400, "invalid-request", "plausibleLow"),
                body("/api/variables", "{'code':'a','name':'N','unit':'/min','plausibleLow':0,'plausibleHigh':1,'mdc':1.5}", 400, "invalid-request", "mdc"),
                body("/api/variables", "{'code':'a','name':'N','unit':'/min','plausibleLow':0,'plausibleHigh':1,'mdc':99999999999}", 400, "invalid-request", "mdc"),
                body("/api/patients", "{'mrn':'1','name':'N','sex':'female','birthDate':'1950-02-31'}", 400, "invalid-request", "birthDate"),
                body("/api/patients", "{'mrn':'1','name':'N','sex':'FEMALE'}", 400, "invalid-request", "sex"),
                body("/api/patients", "{'mrn':'1','name':'N','sex':'female','birthDate':5}", 400, "invalid-request", "birthDate"),
                body("/api/patients", "{'mrn':'" + "1.".repeat(100_000) + "','name':'N','sex':'female'}", 400, "invalid-request", "mrn"),
                // Text that does not read as it is written.
                body("/api/patients", "{'mrn':'1','name':'A\\nB','sex':'female'}", 400, "invalid-request", "name"),
                body("/api/patients", "{'mrn':'1','name':'A\\u0007','sex':'female'}", 400, "invalid-request", "name"),
                body("/api/patients", "{'mrn':'1','name':'\\u202eAnna','sex':'female'}", 400, "invalid-request", "name"),
                body("/api/patients", "{'mrn':'1','name':'Anna\\u2066','sex':'female'}", 400, "invalid-request", "name"),
                body("/api/places", "{'code':'A','ward':'W\\r','kind':'bed'}", 400, "invalid-request", "ward"),
                body("/api/places", "{'code':'A','ward':'W','kind':'bed','name':'\\u0085'}", 400, "invalid-request", "name"),
                body("/api/variables", "{'code':'a','name':'\\u2028','unit':'\\t1','plausibleLow':0,'plausibleHigh':1}", 400, "invalid-request", "unit"),
                body("/api/patients/REF-P/history", "{'author':'\\u001b[31m','text':'x'}", 400, "invalid-request", "author"),
                body("/api/patients/REF-P/history", "{'author':'A','text':'a\\u0000b'}", 400, "invalid-request", "text"),
                body("/api/alarms/999999/acknowledgement", "{'note':'\\u009b'}", 400, "invalid-request", "note"),
                body("/api/limits", "{'variable':'heart-rate','ward':'\\u202eW','medium':{'low':50}}", 400, "invalid-request", "ward"),
                body("/api/patients/REF-P", "{}", 405, "method-not-allowed", null),
                body("/api/patients/REF-0/stays", "{'place':'REF-1'}", 404, "not-found", null),
                body("/api/patients/REF-P/stays", "{'place':'REF-0'}", 400, "invalid-request", "place"),
                body("/api/patients/REF-P/stays", "{'place':'REF-1','from':'2999-01-01T00:00:00Z'}", 400, "invalid-request", "from"),
                body("/api/patients/REF-P/stays", "{'place':'REF-ROOM'}", 409, "not-a-bed", null),
                body("/api/patients/REF-P/stays/current/end", "{}", 409, "not-admitted", null),
                body("/api/patients/REF-P/history", "{'author':'','text':'x'}", 400, "invalid-request", "author"),
                body("/api/patients/REF-P/history", "{'author':'A','text':'" + "x".repeat(20_001) + "'}", 400, "invalid-request", "text"),
                body("/api/patients/REF-0/history", "{'author':'A','text':'x'}", 404, "not-found", null),
                body("/api/limits", "{'variable':'none','medium':{'low':1}}", 400, "invalid-request", "variable"),
                body("/api/limits", "{'variable':'heart-rate'}", 400, "invalid-request", "medium"),
                body("/api/limits", "{'variable':'heart-rate','ward':'W','place':'REF-1','medium':{'low':50}}", 400, "invalid-request", "ward"),
                body("/api/limits", "{'variable':'heart-rate','place':'REF-1','medium':{'low':120,'high':50}}", 400, "invalid-request", "medium.low"),
                body("/api/limits", "{'variable':'heart-rate','place':'REF-1','medium':{'low':'x'}}", 400, "invalid-request", "medium.low"),
                body("/api/limits", "{'variable':'heart-rate','medium':{'low':50}}", 409, "already-exists", null),
                body("/api/alarms/999999/acknowledgement", "{'note':'seen'}", 404, "not-found", null),
                body("/api/alarms/999999/acknowledgement", "{'note':'" + "n".repeat(2_001) + "'}", 400, "invalid-request", "note"),
                body("/api/alarms/999999/acknowledgement", "null", 400, "invalid-request", null));
    }

    @ParameterizedTest(name = "{0} {1} is refused with {2} {3}")
    @MethodSource("bodies")
    void bodyIsRefused(String path, String shown, int status, String slugs, String field, String body) throws Exception {
        Answer answer = prepared().post(path, body);
        String[] either = slugs.split("\\|");
        answer.isProblem(status, answer.body().contains(either[0]) ? either[0] : either[either.length - 1]);
        if (field != null) {
            answer.hasViolation(field);
        }
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                request("GET", "/api", 404, "not-found"),
                request("GET", "/api/", 404, "not-found"),
                request("GET", "/api/nothing", 404, "not-found"),
                request("GET", "/api/measurements/nothing", 404, "not-found"),
                request("GET", "/api/variables/nothing", 404, "not-found"),
                request("GET", "/api/places/nothing", 404, "not-found"),
                request("GET", "/api/patients/nothing", 404, "not-found"),
                request("GET", "/api/patients/nothing/stays", 404, "not-found"),
                request("GET", "/api/patients/nothing/history", 404, "not-found"),
                request("GET", "/api/alarms/nothing", 404, "not-found"),
                request("GET", "/api/alarms/99999999999999999999", 404, "not-found"),
                request("GET", "/api/alarms/-1", 404, "not-found"),
                request("GET", "/api/limits/nothing", 404, "not-found"),
                request("GET", "/api/limits/0", 404, "not-found"),
                request("GET", "/api/measurements?place=%00", 400, "invalid-request"),
                request("GET", "/api/measurements?patient=%00", 400, "invalid-request"),
                request("GET", "/api/measurements/latest?ward=%00", 400, "invalid-request"),
                request("GET", "/api/measurements/series?variable=%00&place=x", 400, "invalid-request"),
                request("GET", "/api/alarms?ward=%00", 400, "invalid-request"),
                request("GET", "/api/patients?q=%00", 400, "invalid-request"),
                request("GET", "/api/places?ward=%00", 400, "invalid-request"),
                request("GET", "/api/limits?variable=%00", 400, "invalid-request"),
                request("GET", "/api/limits/effective?variable=%00&place=%00", 400, "invalid-request"),
                request("GET", "/api/measurements?limit=0", 400, "invalid-request"),
                request("GET", "/api/measurements?limit=ten", 400, "invalid-request"),
                request("GET", "/api/measurements?limit=99999999999", 400, "invalid-request"),
                request("GET", "/api/measurements?limit=", 400, "invalid-request"),
                request("GET", "/api/measurements?from=yesterday", 400, "invalid-request"),
                request("GET", "/api/measurements?to=2026-01-31", 400, "invalid-request"),
                request("GET", "/api/measurements?from=%2B999999999-01-01T00:00:00Z", 400, "invalid-request"),
                request("GET", "/api/measurements?cursor=*", 400, "invalid-request"),
                request("GET", "/api/measurements?cursor=YWJj", 400, "invalid-request"),
                request("GET", "/api/measurements/latest?cursor=YWJj", 400, "invalid-request"),
                request("GET", "/api/measurements/latest?limit=x", 400, "invalid-request"),
                request("GET", "/api/alarms?cursor=YWJj", 400, "invalid-request"),
                request("GET", "/api/alarms?state=open", 400, "invalid-request"),
                request("GET", "/api/alarms?priority=HIGH", 400, "invalid-request"),
                request("GET", "/api/alarms?limit=-1", 400, "invalid-request"),
                request("GET", "/api/alarms?from=now", 400, "invalid-request"),
                request("GET", "/api/variables?cursor=%FF", 400, "invalid-request"),
                request("GET", "/api/variables?limit=1001", 400, "invalid-request"),
                request("GET", "/api/places?kind=cupboard", 400, "invalid-request"),
                request("GET", "/api/limits?cursor=YWJj", 400, "invalid-request"),
                request("GET", "/api/patients/REF-P/stays?cursor=YWJj", 400, "invalid-request"),
                request("GET", "/api/patients/REF-P/history?cursor=YWJj", 400, "invalid-request"),
                request("GET", "/api/measurements/series", 400, "invalid-request"),
                request("GET", "/api/measurements/series?variable=heart-rate", 400, "invalid-request"),
                request("GET", "/api/measurements/series?variable=heart-rate&place=REF-0", 404, "not-found"),
                request("GET", "/api/measurements/series?variable=none&place=REF-1", 404, "not-found"),
                request("GET", "/api/measurements/series?variable=heart-rate&place=REF-1&points=0", 400, "invalid-request"),
                request("GET", "/api/measurements/series?variable=heart-rate&place=REF-1&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 400, "invalid-request"),
                request("GET", "/api/limits/effective", 400, "invalid-request"),
                request("GET", "/api/limits/effective?variable=heart-rate&place=REF-0", 404, "not-found"),
                request("GET", "/api/limits/effective?variable=none&place=REF-1", 404, "not-found"),
                request("DELETE", "/api/measurements", 405, "method-not-allowed"),
                request("PATCH", "/api/measurements", 405, "method-not-allowed"),
                request("POST", "/api/measurements/latest", 405, "method-not-allowed"),
                request("DELETE", "/api/patients/REF-P", 405, "method-not-allowed"),
                request("BREW", "/api/variables", 405, "method-not-allowed"),
                request("POST", "/api/nothing", 404, "not-found"),
                request("GET", "/api/measurements", 406, "not-acceptable", "Accept", "image/png"),
                request("GET", "/api/alarms", 406, "not-acceptable", "Accept", "text/csv"),
                request("GET", "/api/variables", 406, "not-acceptable", "Accept", "nonsense"),
                request("POST", "/api/measurements", 415, "unsupported-media-type", "Content-Type", "text/plain"),
                request("POST", "/api/measurements", 415, "unsupported-media-type", "Content-Type", "application/xml"),
                request("POST", "/api/measurements", 400, "bad-request", "Content-Type", "nonsense"),
                request("POST", "/api/places", 415, "unsupported-media-type", "Content-Type", "text/plain"),
                request("POST", "/api/measurements", 400, "malformed-csv", "Content-Type", "text/csv"),
                request("PUT", "/api/places/REF-1", 428, "precondition-required", "Content-Type", "application/json"),
                request("DELETE", "/api/places/REF-1", 428, "precondition-required"),
                request("DELETE", "/api/places/REF-1", 412, "stale-version", "If-Match", "\"99\""),
                request("DELETE", "/api/places/REF-1", 412, "stale-version", "If-Match", "*"),
                request("DELETE", "/api/places/REF-1", 412, "stale-version", "If-Match", "\"99999999999999\""),
                request("DELETE", "/api/places/REF-0", 404, "not-found", "If-Match", "\"1\""),
                request("DELETE", "/api/variables/heart-rate", 412, "stale-version", "If-Match", "\"99\""),
                request("DELETE", "/api/limits/1", 412, "stale-version", "If-Match", "\"99\""));
    }

    @ParameterizedTest(name = "{0} {1} with {4}: {5} is refused with {2} {3}")
    @MethodSource("requests")
    void requestIsRefused(String method, String path, int status, String slug, String header, String value) throws Exception {
        Map<String, String> headers = header == null ? Map.of() : Map.of(header, value);
        String body = method.equals("PUT") ? "{\"code\":\"REF-1\",\"ward\":\"W\",\"kind\":\"bed\"}" : ONE;
        boolean sends = method.startsWith("P");
        prepared().send(method, path, sends ? BodyPublishers.ofString(body) : null, headers).isProblem(status, slug);
    }

    @Test
    void bodyOfTenMebibytesIsRefusedHoweverItIsSent() throws Exception {
        Api api = Api.at(site);
        String json = "[" + " ".repeat(TEN_MIB) + "]";
        String lines = (ONE + " ".repeat(2_000) + "\n").repeat(TEN_MIB / 2_000);
        String csv = "variable,place,value\n" + ("heart-rate,nowhere,80" + " ".repeat(2_000) + "\n").repeat(TEN_MIB / 2_000);
        String note = "{\"author\":\"A\",\"text\":\"" + "x".repeat(TEN_MIB) + "\"}";
        Object[][] bodies = {
            {MEASUREMENTS, "application/json", json}, {MEASUREMENTS, Api.NDJSON, lines}, {MEASUREMENTS, Api.CSV, csv},
            {"/api/patients/nobody/history", "application/json", note}};
        for (Object[] b : bodies) {
            Map<String, String> type = Map.of("Content-Type", (String) b[1]);
            api.send("POST", (String) b[0], BodyPublishers.ofString((String) b[2]), type).isProblem(413, "body-too-large");
            api.send("POST", (String) b[0], Api.chunked((String) b[2]), type).isProblem(413, "body-too-large");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Łukasz O'Brien-Müller", "محمد بن سلمان", "שרה כהן", "น้ำผึ้ง", "नमस्ते\u200d", "李小龍", "Нгуен Ван Ань", "\u200fمريم", "José (\"Pepe\") & Söhne <i>"})
    void namesOfAllLanguagesAreKeptAsTheyAre(String name) throws Exception {
        Api api = prepared();
        String etag = api.get("/api/patients/REF-P").etag();
        api.put("/api/patients/REF-P", etag, Api.JSON.createObjectNode().put("mrn", "REF-P").put("name", name).put("sex", "other").toString()).is(200);
        assertThat(api.get("/api/patients/REF-P").json().get("name").asText()).isEqualTo(name);
    }

    @Test
    void historyKeepsItsLinesAndTabs() throws Exception {
        String text = "1. عاد النبض\r\n\t2. pulse back\n3. 脈拍";
        Answer kept = prepared().post("/api/patients/REF-P/history", Api.JSON.createObjectNode().put("author", "A").put("text", text).toString()).is(201);
        assertThat(kept.json().get("text").asText()).isEqualTo(text);
    }

    /** The server would describe the API in a language of its own. */
    @Test
    void nothingIsDescribedButByTheContract() throws Exception {
        Api api = Api.at(site);
        Answer options = api.send("OPTIONS", "/api/variables", null, Map.of());
        assertThat(options.contentType()).doesNotContain("xml");
        assertThat(options.body()).doesNotContain("resource");
        assertThat(options.header("Allow")).contains("GET").contains("POST");
        api.get("/api/application.wadl").isProblem(404, "not-found");
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws Exception {
        Api api = Api.at(site);
        byte[] latin1 = "{\"code\":\"REF-2\",\"ward\":\"Säule\",\"kind\":\"bed\"}".getBytes(StandardCharsets.ISO_8859_1);
        api.send("POST", "/api/places", BodyPublishers.ofByteArray(latin1), Map.of("Content-Type", "application/json"))
                .isProblem(400, "invalid-request");
    }

    /** The server itself refuses such paths, before the application sees them. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/variables/%00", "/api/patients/a%00b", "/api/%00", "/%00"})
    void pathWithANulIsRefused(String path) throws Exception {
        Answer answer = Api.at(site).get(path).is(400);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/nothing/below", "/WEB-INF/web.xml", "/WEB-INF/api-docs.html", "/META-INF/MANIFEST.MF", "/error"})
    void pathOutsideTheApiIsRefusedInTheSameWay(String path) throws Exception {
        Api.at(site).get(path).isProblem(404, "not-found");
    }

    private Api prepared() throws Exception {
        Api api = Api.at(site);
        if (api.get("/api/places/REF-1").status() == 404) {
            api.bed("REF-1");
            api.place("REF-ROOM", "REF", "room");
            api.post("/api/patients", "{\"mrn\":\"REF-P\",\"name\":\"P\",\"sex\":\"other\"}").is(201);
        }
        return api;
    }

    /** Single quotes stand for double ones. */
    private static Arguments body(String path, String quoted, int status, String slug, String field) {
        String body = quoted.replace('\'', '"');
        return arguments(path, body.length() > 100 ? body.substring(0, 100) + "…" : body, status, slug, field, body);
    }

    private static Arguments request(String method, String path, int status, String slug) {
        return request(method, path, status, slug, method.startsWith("P") ? "Content-Type" : null, "application/json");
    }

    private static Arguments request(String method, String path, int status, String slug, String header, String value) {
        return arguments(method, path, status, slug, header, value);
    }
}
