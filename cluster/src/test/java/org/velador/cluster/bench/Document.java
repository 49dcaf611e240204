package org.velador.cluster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/benchmarks.md}: a run writes the sections that it measured and leaves the others as they are. */
final class Document {

    private static final String INTRODUCTION = """
            # Benchmarks

            Written by `mvn -Pbench`, which measures a site of its own, by `mvn -Pbench -Dbench.only=growth`, which lets the table of
            measurements grow, by `mvn -Pbench -Dbench.only=faults`, which hurts a site under load, and by `mvn -Pbench -Dbench.only=audit`. Each figure stands beside something measured in the same run: take the ratios, machines differ.

            """;

    private Document() {}

    static void write(Path file, String title, String text) throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        if (Files.exists(file)) {
            String[] parts = Files.readString(file).split("(?m)^## ");
            for (int i = 1; i < parts.length; i++) {
                int end = parts[i].indexOf('\n');
                sections.put(parts[i].substring(0, end), parts[i].substring(end + 1).strip());
            }
        }
        sections.put(title, text.strip());
        Files.createDirectories(file.getParent());
        Files.writeString(file, INTRODUCTION + sections.entrySet().stream()
                .map(section -> "## " + section.getKey() + "\n\n" + section.getValue() + "\n")
                .collect(Collectors.joining("\n")));
    }
}
