package org.velador.cluster.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The shipped kong.yml and what a site on one machine changes in it, before Kong or the stand-in reads it. */
public final class KongFile {

    private static final String PLUGINS = "plugins";

    private final Map<String, Object> document;

    private KongFile(Map<String, Object> document) {
        this.document = document;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, or is not a YAML mapping
     */
    public static KongFile read(Path file) throws IOException {
        return of(file.getFileName().toString(), Files.readString(file));
    }

    static KongFile of(String name, String yaml) throws IOException {
        try {
            if (new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml) instanceof Map<?, ?> map) {
                Map<String, Object> document = new LinkedHashMap<>();
                map.forEach((key, value) -> document.put(String.valueOf(key), value));
                return new KongFile(document);
            }
            throw new IOException(name + ": got no mapping, expected one");
        } catch (YAMLException e) {
            throw new IOException(name + ": got text that is not YAML, " + e.getMessage(), e);
        }
    }

    /** The name of its one upstream. */
    public String upstream() {
        return sections("upstreams").stream().map(upstream -> String.valueOf(upstream.get("name"))).findFirst().orElse("");
    }

    /** The same with other targets in its one upstream. */
    public KongFile withTargets(List<InetSocketAddress> targets) {
        List<Object> upstreams = new ArrayList<>();
        for (Map<String, Object> upstream : sections("upstreams")) {
            upstream.put("targets", targets.stream()
                    .map(target -> Map.of("target", target.getAddress().getHostAddress() + ":" + target.getPort()))
                    .toList());
            upstreams.add(upstream);
        }
        return with("upstreams", upstreams);
    }

    /** The same with nothing at the edge, as Kong 2.8 takes it. */
    public KongFile withoutPlugins() {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.remove(PLUGINS);
        return new KongFile(changed);
    }

    /** The same without one of its plugins. */
    public KongFile without(String plugin) {
        List<Map<String, Object>> left =
                sections(PLUGINS).stream().filter(section -> !plugin.equals(section.get("name"))).toList();
        return left.isEmpty() ? withoutPlugins() : with(PLUGINS, new ArrayList<>(left));
    }

    /** The text for Kong. */
    public String text() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(document);
    }

    private KongFile with(String key, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.put(key, value);
        return new KongFile(changed);
    }

    private List<Map<String, Object>> sections(String key) {
        List<Map<String, Object>> sections = new ArrayList<>();
        if (document.get(key) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    Map<String, Object> section = new LinkedHashMap<>();
                    map.forEach((name, value) -> section.put(String.valueOf(name), value));
                    sections.add(section);
                }
            }
        }
        return sections;
    }
}
