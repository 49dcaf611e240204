package org.velador.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What can be known of Dockerfile, compose.yaml and the documented settings without a container engine: that they agree. */
class ProductionShapeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern VARIABLE = Pattern.compile("VELADOR_[A-Z_]+");

    private final Map<String, Object> compose = yaml("compose.yaml");
    private final Map<String, Object> services = map(compose.get("services"));

    @Test
    void everySettingOfAnInstanceInComposeIsKnown() {
        for (Map<String, Object> instance : instances().values()) {
            assertThat(map(instance.get("environment")).keySet()).isSubsetOf(Settings.VARIABLES);
        }
    }

    @Test
    void instancesInComposeAreTheTargetsOfTheLoadBalancer() {
        assertThat(addresses()).containsExactlyInAnyOrder("10.128.0.10", "10.128.0.11", "10.128.0.12");

        assumeThat(ROOT.resolve("kong/kong.yml")).exists();
        Set<String> targets = new TreeSet<>();
        for (Object upstream : (List<?>) yaml("kong/kong.yml").get("upstreams")) {
            for (Object target : (List<?>) map(upstream).get("targets")) {
                targets.add((String) map(target).get("target"));
            }
        }
        assertThat(targets).isEqualTo(addresses().stream().map(address -> address + ":8080").collect(Collectors.toSet()));
    }

    @Test
    void stoppingIsGivenMoreTimeThanDrainAndRunningRequestsTogether() {
        for (Map<String, Object> instance : instances().values()) {
            int grace = Integer.parseInt(((String) instance.get("stop_grace_period")).replace("s", ""));
            int drain = Integer.parseInt((String) map(instance.get("environment")).get("VELADOR_DRAIN_SECONDS"));
            assertThat(grace).isGreaterThan(drain + (int) Shutdown.PATIENCE.toSeconds());
        }
    }

    @Test
    void passwordIsAskedForAndNeverWrittenDown() {
        assertThat(text("compose.yaml")).contains("${VELADOR_DB_PASSWORD:?");
        assertThat(text("Dockerfile")).doesNotContain("PASSWORD");
    }

    @Test
    void whatTheImageCopiesIsWhatTheBuildLeaves() {
        List<String> sources = Pattern.compile("COPY --from=build /src/(\\S+)").matcher(text("Dockerfile")).results()
                .map(match -> match.group(1)).toList();

        assertThat(sources).containsExactly("instance/target/velador-instance", "ear/target/velador.ear");
        assertThat(ROOT.resolve("instance/src/main/dist/bin/velador")).isExecutable();
        assertThat(text("ear/pom.xml")).contains("<finalName>velador</finalName>");
        assertThat(text("instance/pom.xml")).contains("${project.build.directory}/velador-instance");
    }

    @Test
    void imageSetsOnlyKnownSettings() {
        assertThat(variables(text("Dockerfile"))).isSubsetOf(Settings.VARIABLES);
    }

    @Test
    void startScriptKnowsNoOtherSettings() {
        assertThat(variables(text("instance/src/main/dist/bin/velador"))).isSubsetOf(Settings.VARIABLES);
    }

    @Test
    void everySettingIsDocumentedAndNoOther() {
        Set<String> documented = text("docs/configuration.md").lines().filter(line -> line.startsWith("| `VELADOR_"))
                .flatMap(line -> variables(line.substring(0, line.indexOf('|', 1))).stream()).collect(Collectors.toSet());

        assertThat(documented).isEqualTo(Settings.VARIABLES);
    }

    private Map<String, Map<String, Object>> instances() {
        return services.entrySet().stream().filter(service -> service.getKey().startsWith("instance-"))
                .collect(Collectors.toMap(Map.Entry::getKey, service -> map(service.getValue())));
    }

    private List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (Map<String, Object> instance : instances().values()) {
            addresses.add((String) map(map(instance.get("networks")).get("site")).get("ipv4_address"));
        }
        return addresses;
    }

    private static Set<String> variables(String text) {
        return VARIABLE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Map<String, Object> yaml(String file) {
        return map(new Yaml().load(text(file)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
