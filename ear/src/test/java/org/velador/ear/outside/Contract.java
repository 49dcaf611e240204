package org.velador.ear.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** What there is to ask for, as the shipped archive's own OpenAPI document says. */
final class Contract {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");
    private static final String DOCUMENT = "WEB-INF/classes/META-INF/openapi.yaml";

    private final JsonNode document;

    private Contract(JsonNode document) {
        this.document = document;
    }

    /** @param example a value for it that makes sense, or an empty text */
    record Parameter(String name, String in, String example) {
    }

    /**
     * @param path   with templates, as in {@code /api/places/{code}}
     * @param bodies an example of a body for each content type that it takes
     */
    record Operation(String method, String path, List<Parameter> parameters, Map<String, String> bodies) {

        List<String> names(String in) {
            return parameters.stream().filter(p -> p.in().equals(in)).map(Parameter::name).toList();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Contract ofShippedArchive() throws IOException {
        try (ZipFile ear = new ZipFile(System.getProperty("velador.ear"));
                ZipInputStream war = new ZipInputStream(ear.getInputStream(ear.getEntry("velador-web.war")))) {
            for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
                if (entry.getName().equals(DOCUMENT)) {
                    return read(war);
                }
            }
        }
        throw new IOException(DOCUMENT + " is not in the archive");
    }

    private static Contract read(InputStream in) throws IOException {
        return new Contract(new YAMLMapper().readTree(in));
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(verb -> {
            if (VERBS.contains(verb.getKey())) {
                List<Parameter> parameters = new ArrayList<>();
                for (JsonNode owner : List.of(path.getValue(), verb.getValue())) {
                    owner.path("parameters").forEach(parameter -> parameters.add(parameter(resolved(parameter))));
                }
                operations.add(new Operation(verb.getKey().toUpperCase(Locale.ROOT), path.getKey(), parameters, bodies(verb.getValue())));
            }
        }));
        return operations;
    }

    private Parameter parameter(JsonNode parameter) {
        JsonNode schema = resolved(parameter.path("schema"));
        JsonNode example = parameter.path("example");
        for (JsonNode other : List.of(schema.path("example"), schema.path("default"), schema.path("enum").path(0))) {
            example = example.isMissingNode() ? other : example;
        }
        return new Parameter(parameter.get("name").asText(), parameter.get("in").asText(), example.asText());
    }

    private Map<String, String> bodies(JsonNode operation) {
        Map<String, String> bodies = new LinkedHashMap<>();
        resolved(operation.path("requestBody")).path("content").properties().forEach(content -> {
            JsonNode example = content.getValue().path("example");
            if (example.isMissingNode()) {
                example = content.getValue().path("examples").path(content.getValue().path("examples").fieldNames().next()).path("value");
            }
            bodies.put(content.getKey(), example.isTextual() ? example.asText() : example.toString());
        });
        return bodies;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? resolved(document.at(node.get("$ref").asText().substring(1))) : node;
    }
}
