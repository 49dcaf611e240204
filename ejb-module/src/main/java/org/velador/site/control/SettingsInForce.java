package org.velador.site.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of this instance. Its launcher publishes them as system properties: {@code velador.setting.<variable>} with the
 * value in force, empty for none, and {@code velador.given} with the names of those that were given to it. Where the application
 * runs without that launcher, what its environment says is what there is.
 */
final class SettingsInForce {

    private static final String VARIABLE = "VELADOR_";
    private static final String PUBLISHED = "velador.setting.";
    private static final String GIVEN = "velador.given";

    private SettingsInForce() {
    }

    /** All of them by name, secrets masked. */
    static List<Setting> read() {
        Map<String, String> properties = new TreeMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        return read(properties, System.getenv());
    }

    static List<Setting> read(Map<String, String> properties, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(VARIABLE)) {
                values.put(name, value);
            }
        });
        properties.forEach((name, value) -> {
            if (name.startsWith(PUBLISHED)) {
                values.put(name.substring(PUBLISHED.length()), value);
            }
        });
        Set<String> given = properties.containsKey(GIVEN)
                ? new TreeSet<>(List.of(properties.get(GIVEN).strip().split("\\s+")))
                : environment.keySet();
        List<Setting> settings = new ArrayList<>();
        values.forEach((name, value) -> settings.add(new Setting(
                name,
                value.isBlank() ? null : Secrets.mask(name, value.strip()),
                given.contains(name) && !value.isBlank() ? Setting.Origin.ENVIRONMENT : Setting.Origin.DEFAULT)));
        return settings;
    }
}
