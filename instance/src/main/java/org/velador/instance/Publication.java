package org.velador.instance;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Tells the application the settings in force, and which of them were given: {@code velador.setting.<variable>} for each, empty where it
 * has no value, and {@code velador.given} with the names. The environment alone no longer tells the two apart, as the start script fills
 * defaults in before the JVM starts.
 */
final class Publication {

    static final String SETTING = "velador.setting.";

    /** The start script sets it; without that script the environment is as it was given. */
    static final String GIVEN = "velador.given";

    private Publication() {
    }

    /**
     * Makes the settings known in this process.
     *
     * @throws StartException when a {@code VELADOR_} variable is unknown, missing or ill-formed
     */
    static void publish(Map<String, String> environment) {
        publish(environment, System.getProperties());
    }

    static void publish(Map<String, String> environment, Properties properties) {
        Settings.inForce(environment).forEach((variable, value) -> {
            // The application has it from the environment; system properties are shown and dumped more lightly.
            if (!variable.contains("PASSWORD")) {
                properties.setProperty(SETTING + variable, value);
            }
        });
        properties.putIfAbsent(GIVEN, environment.entrySet().stream()
                .filter(e -> Settings.VARIABLES.contains(e.getKey()) && !e.getValue().isBlank())
                .map(Map.Entry::getKey).sorted().collect(Collectors.joining(" ")));
    }
}
