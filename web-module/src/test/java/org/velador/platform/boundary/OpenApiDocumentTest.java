package org.velador.platform.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document is written by hand: here it is held against the resources, and its examples against its schemas. */
class OpenApiDocumentTest {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(
            Dialect.builder(Dialects.getOpenApi30()).keyword(new NonValidationKeyword("components")).build(),
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = OpenApiDocumentTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
            document = new YAMLMapper().readTree(in);
        }
    }

    /** Compared as lines like {@code GET /api/alarms [cursor, limit]}: verb, path, query parameters. */
    @Test
    void documentAndResourcesHaveTheSameOperations() throws Exception {
        List<Class<?>> classes = applicationClasses();
        String root = classes.stream()
                .filter(c -> c.isAnnotationPresent(ApplicationPath.class))
                .map(c -> "/" + c.getAnnotation(ApplicationPath.class).value().replaceAll("^/|/$", ""))
                .findFirst().orElseThrow();

        // Two methods may share verb and path, and differ in the content type.
        Map<String, Set<String>> implemented = new TreeMap<>();
        for (Class<?> resource : classes) {
            for (Method method : resource.isAnnotationPresent(Path.class) ? resource.getMethods() : new Method[0]) {
                Operation described = method.getAnnotation(Operation.class);
                for (String verb : described != null && described.hidden() ? List.<String>of() : verbs(method)) {
                    implemented.computeIfAbsent(verb + " " + path(root, resource, method), operation -> new TreeSet<>())
                            .addAll(queryParameters(method));
                }
            }
        }

        Map<String, Set<String>> documented = new TreeMap<>();
        forEachOperation((name, operation) -> {
            if (name.contains(" " + root + "/")) {
                documented.put(name, queryParameters(name, operation));
            }
        });

        assertThat(lines(documented)).containsExactlyInAnyOrderElementsOf(lines(implemented));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> dangling = new ArrayList<>();
        for (JsonNode reference : document.findValues("$ref")) {
            if (document.at(reference.asText().substring(1)).isMissingNode()) {
                dangling.add(reference.asText());
            }
        }
        assertThat(dangling).isEmpty();
    }

    @Test
    void everyOperationHasAnIdOfItsOwnASummaryAndAKnownTag() {
        List<String> tags = new ArrayList<>(document.get("tags").findValuesAsText("name"));
        List<String> ids = new ArrayList<>();
        forEachOperation((name, operation) -> {
            ids.add(operation.path("operationId").asText());
            assertThat(operation.path("summary").asText()).as("summary of %s", name).isNotBlank();
            assertThat(operation.path("tags")).as("tags of %s", name).isNotEmpty()
                    .allSatisfy(tag -> assertThat(tags).contains(tag.asText()));
        });
        assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void everyErrorIsAProblem() {
        forEachOperation((name, operation) -> operation.get("responses").properties().forEach(answer -> {
            boolean error = answer.getKey().matches("[45]..|default");
            if (error && !name.contains(" /health")) {
                assertThat(resolved(answer.getValue()).get("content").has("application/problem+json"))
                        .as("%s, %s", name, answer.getKey()).isTrue();
            }
        }));
    }

    @Test
    void everyBodyHasAnExampleAndEveryExampleFitsItsSchema() {
        List<String> wrong = new ArrayList<>();
        checkExamples("", document, wrong);
        assertThat(wrong).isEmpty();
    }

    private static void checkExamples(String where, JsonNode node, List<String> wrong) {
        if (node.has("schema")) {
            List<JsonNode> examples = new ArrayList<>();
            if (node.has("example")) {
                examples.add(node.get("example"));
            }
            node.path("examples").forEach(example -> examples.add(example.get("value")));
            if (examples.isEmpty() && where.contains("/content/")) {
                wrong.add(where + " has no example");
            }
            // References start at the root of the document, so the schema is given the document's components.
            ObjectNode schema = document.deepCopy();
            schema.retain("components");
            schema.putArray("allOf").add(node.get("schema"));
            Schema rules = SCHEMAS.getSchema(schema);
            examples.forEach(example -> rules.validate(example).forEach(error -> wrong.add(where + ": " + error)));
        }
        node.properties().forEach(field -> {
            if (!Set.of("schema", "schemas", "example", "examples").contains(field.getKey())) {
                checkExamples(where + "/" + field.getKey(), field.getValue(), wrong);
            }
        });
    }

    private static void forEachOperation(BiConsumer<String, JsonNode> action) {
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> VERBS.contains(operation.getKey()))
                .forEach(operation -> action.accept(operation.getKey().toUpperCase() + " " + path.getKey(), operation.getValue())));
    }

    private static Set<String> queryParameters(String name, JsonNode operation) {
        JsonNode path = document.get("paths").get(name.substring(name.indexOf(' ') + 1));
        Set<String> names = new TreeSet<>();
        for (JsonNode owner : List.of(path, operation)) {
            owner.path("parameters").forEach(parameter -> {
                if (resolved(parameter).get("in").asText().equals("query")) {
                    names.add(resolved(parameter).get("name").asText());
                }
            });
        }
        return names;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static List<Class<?>> applicationClasses() throws Exception {
        java.nio.file.Path root = java.nio.file.Path.of(
                DocumentationPage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(root.resolve("org/velador"))) {
            for (java.nio.file.Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = root.relativize(file).toString().replaceAll("\\.class$", "").replace(file.getFileSystem().getSeparator(), ".");
                if (!name.endsWith("package-info")) {
                    classes.add(Class.forName(name, false, OpenApiDocumentTest.class.getClassLoader()));
                }
            }
        }
        return classes;
    }

    private static List<String> verbs(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .toList();
    }

    /** Slashes as in a URL, and templates without their patterns: {@code {id: \d+}} is {@code {id}}. */
    private static String path(String root, Class<?> resource, Method method) {
        Path below = method.getAnnotation(Path.class);
        String path = root + "/" + resource.getAnnotation(Path.class).value() + "/" + (below == null ? "" : below.value());
        return path.replaceAll("\\{\\s*([\\w.-]+)\\s*:(?:[^{}]|\\{[^{}]*})*}", "{$1}").replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }

    private static Set<String> queryParameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (var parameter : method.getParameters()) {
            Stream<? extends AnnotatedElement> places = parameter.isAnnotationPresent(BeanParam.class)
                    ? Stream.concat(Arrays.stream(parameter.getType().getDeclaredFields()), Arrays.stream(parameter.getType().getMethods()))
                    : Stream.of(parameter);
            places.filter(place -> place.isAnnotationPresent(QueryParam.class))
                    .forEach(place -> names.add(place.getAnnotation(QueryParam.class).value()));
        }
        return names;
    }

    private static List<String> lines(Map<String, Set<String>> operations) {
        return operations.entrySet().stream().map(operation -> operation.getKey() + " " + operation.getValue()).toList();
    }
}
