package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;

/** Each operation of the OpenAPI document, for each role and for nobody, held against the table in {@code docs/roles.md}. */
@ArquillianTest
@RunAsClient
class RolesIT {

    private static final Path TABLE = Path.of("..", "docs", "roles.md");
    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

    /** Ends the session with which it is asked, so it comes last. */
    private static final String SIGN_OUT = "DELETE /api/session";

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void everyRoleMayDoWhatTheTableSaysAndNothingElse() throws Exception {
        Map<String, Map<String, Boolean>> table = table();
        Api service = Api.at(site);
        assertThat(operations(service)).containsExactlyInAnyOrderElementsOf(table.keySet());

        Map<String, Api> callers = callers(service);
        List<String> order = new ArrayList<>(table.keySet());
        order.remove(SIGN_OUT);
        order.add(SIGN_OUT);
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (String operation : order) {
            for (Map.Entry<String, Api> caller : callers.entrySet()) {
                boolean may = table.get(operation).get(caller.getKey());
                int status = ask(caller.getValue(), operation);
                int refusal = caller.getKey().equals("nobody") ? 401 : 403;
                if (may ? status == 401 || status == 403 || status >= 500 : status != refusal) {
                    wrong.add("%s as %s: %d (expected: %s)".formatted(operation, caller.getKey(), status, may ? "to be let in" : refusal));
                }
                asked++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isEqualTo(table.size() * 5);
    }

    private Map<String, Api> callers(Api service) throws Exception {
        People people = new People(service);
        Map<String, Api> callers = new LinkedHashMap<>();
        for (String role : List.of("admin", "clinician", "viewer")) {
            callers.put(role, people.signedIn("roles-" + role, role));
        }
        String key = service.post("/api/devices", "{\"code\":\"roles-device\",\"name\":\"Device\"}").is(201).json().path("key").asText();
        callers.put("device", service.with(Map.of(Api.KEY_HEADER, key)));
        callers.put("nobody", service.with(Map.of()));
        return callers;
    }

    /** With a body that is good for nothing: who is let in is told so. */
    private static int ask(Api caller, String operation) throws Exception {
        String[] words = operation.split(" ");
        String path = words[1].replaceAll("\\{id}", "999999999").replaceAll("\\{\\w+}", "no-such");
        Map<String, String> headers = words[0].equals("GET") ? Map.of() : Map.of("Content-Type", "application/json", "If-Match", "\"1\"");
        return caller.send(words[0], path, words[0].matches("POST|PUT") ? Api.body(Map.of()) : null, headers).status();
    }

    private static Set<String> operations(Api service) throws Exception {
        Set<String> operations = new TreeSet<>();
        service.send("GET", "/openapi?format=JSON", null, Map.of("Accept", "application/json")).is(200).json().path("paths").properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(verb -> {
                    if (VERBS.contains(verb)) {
                        operations.add(verb.toUpperCase() + " " + path.getKey());
                    }
                }));
        return operations;
    }

    private static Map<String, Map<String, Boolean>> table() throws Exception {
        List<String> lines = Files.readAllLines(TABLE);
        int head = lines.indexOf("| Operation | admin | clinician | viewer | device | nobody |");
        String[] callers = cells(lines.get(head));
        Map<String, Map<String, Boolean>> table = new LinkedHashMap<>();
        for (String line : lines.subList(head + 2, lines.size())) {
            String[] cells = cells(line);
            Map<String, Boolean> may = new LinkedHashMap<>();
            for (int i = 1; i < callers.length; i++) {
                assertThat(cells[i]).as(line).isIn("x", "-");
                may.put(callers[i], cells[i].equals("x"));
            }
            table.put(cells[0], may);
        }
        return table;
    }

    private static String[] cells(String line) {
        return line.replaceAll("^\\| | \\|$", "").split(" \\| ");
    }
}
