package org.velador.instance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What one node is told by its environment; the table is in {@code docs/configuration.md}.
 *
 * @param ear         archive to deploy
 * @param address     IPv4 address or host name to listen on, and on no other
 * @param port        port to listen on
 * @param name        what this node calls itself in logs
 * @param home        writable folder of this node alone
 * @param requests    most requests that are worked on at once
 * @param queue       most requests that wait for that
 * @param drain       time between the signal to stop and the end of serving, in which the load balancer looks elsewhere
 * @param parent      process whose end ends this node too, if any
 */
record Settings(Path ear, String address, int port, String name, Path home, int requests, int queue, Duration drain,
        OptionalLong parent) {

    /** Every variable a node may be given. Some are for the start script (JVM) or the application (database) alone. */
    static final Set<String> VARIABLES = Set.of(
            "VELADOR_EAR", "VELADOR_ADDRESS", "VELADOR_PORT", "VELADOR_INSTANCE", "VELADOR_HOME",
            "VELADOR_REQUESTS", "VELADOR_QUEUE", "VELADOR_DRAIN_SECONDS", "VELADOR_PARENT",
            "VELADOR_DB_URL", "VELADOR_DB_USER", "VELADOR_DB_PASSWORD", "VELADOR_DB_OWNER", "VELADOR_DB_OWNER_PASSWORD",
            "VELADOR_KEYSTORE", "VELADOR_KEYSTORE_PASSWORD",
            "VELADOR_KONG_ADMIN",
            "VELADOR_HEAP", "VELADOR_CDS", "VELADOR_JAVA_OPTS");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern ADMIN = Pattern.compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:]+])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /**
     * Reads and checks all settings.
     *
     * @throws StartException when a {@code VELADOR_} variable is unknown, missing or ill-formed
     */
    static Settings from(Map<String, String> environment) {
        return from(new Environment(environment, new TreeMap<>()));
    }

    /**
     * Every variable with the value in force, given or by default; empty where there is none.
     *
     * @throws StartException as {@link #from(Map)} does
     */
    static Map<String, String> inForce(Map<String, String> environment) {
        Environment given = new Environment(environment, new TreeMap<>());
        from(given);
        Map<String, String> values = new TreeMap<>();
        for (String variable : VARIABLES) {
            String value = given.value(variable);
            values.put(variable, value == null ? given.defaults().getOrDefault(variable, "") : value);
        }
        return values;
    }

    private static Settings from(Environment given) {
        given.refuseUnknown();
        String address = given.matching("VELADOR_ADDRESS", "0.0.0.0", HOST, "an IPv4 address or host name of this machine");
        int port = given.number("VELADOR_PORT", 8080, 1, 65535);
        String name = given.matching("VELADOR_INSTANCE", address + ":" + port, NAME, "up to 64 letters, digits, '.', '_', ':' or '-'");
        given.matching("VELADOR_DB_URL", "jdbc:postgresql:", Pattern.compile("jdbc:postgresql:\\S*"), "jdbc:postgresql://host:port/database");
        given.matching("VELADOR_KONG_ADMIN", null, ADMIN, "the http or https URL of Kong's Admin API, without a user");
        given.checkKeystore();
        return new Settings(given.readableFile("VELADOR_EAR", "the path of velador.ear"), address, port, name,
                given.path("VELADOR_HOME", "a writable folder of this node alone"),
                // Fewer requests than the pool has connections (20), so that nobody who is let in waits for one.
                given.number("VELADOR_REQUESTS", 8, 4, 16), given.number("VELADOR_QUEUE", 64, 0, 500),
                Duration.ofSeconds(given.number("VELADOR_DRAIN_SECONDS", 10, 0, 3600)), given.parent());
    }

    /**
     * Threads that take requests from the network: one for each that is worked on or waits, 256 for bodies and 16 for answers that
     * are slow, and 16 that are left for refusals and health checks.
     */
    int httpThreads() {
        return requests + queue + 288;
    }

    /** The same node for a rehearsal: on a free port of the loopback address, in a folder of its own, with nothing to drain. */
    Settings forTraining(int freePort) {
        return new Settings(ear, "127.0.0.1", freePort, "training", home.resolve("training"), requests, queue, Duration.ZERO,
                parent);
    }

    /**
     * The variables as they were given.
     *
     * @param defaults takes up what is used in place of those that were not
     */
    private record Environment(Map<String, String> values, Map<String, String> defaults) {

        /** Unset and empty are the same: compose files and scripts pass on variables they do not have. */
        private String value(String variable) {
            String value = values.get(variable);
            return value == null || value.isBlank() ? null : value.strip();
        }

        void refuseUnknown() {
            for (String variable : new TreeSet<>(values.keySet())) {
                if (variable.startsWith("VELADOR_") && !VARIABLES.contains(variable)) {
                    throw new StartException("%s: unknown variable (expected: one of %s)"
                            .formatted(variable, String.join(", ", new TreeSet<>(VARIABLES))));
                }
            }
        }

        int number(String variable, int otherwise, int from, int to) {
            String value = value(variable);
            if (value == null) {
                defaults.put(variable, Integer.toString(otherwise));
                return otherwise;
            }
            try {
                int number = Integer.parseInt(value);
                if (number >= from && number <= to) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Said below, with the range.
            }
            throw StartException.illFormed(variable, value, "a number from " + from + " to " + to);
        }

        String matching(String variable, String otherwise, Pattern form, String expected) {
            String value = value(variable);
            if (value == null) {
                if (otherwise != null) {
                    defaults.put(variable, otherwise);
                }
                return otherwise;
            }
            if (!form.matcher(value).matches()) {
                throw StartException.illFormed(variable, value, expected);
            }
            return value;
        }

        Path path(String variable, String expected) {
            String value = value(variable);
            if (value == null) {
                throw StartException.illFormed(variable, "not set", expected);
            }
            return Path.of(value).toAbsolutePath().normalize();
        }

        Path readableFile(String variable, String expected) {
            Path file = path(variable, expected);
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw StartException.illFormed(variable, file + " is not a readable file", expected);
            }
            return file;
        }

        /** Without a keystore an instance starts; half of what it needs to open one is a mistake. */
        void checkKeystore() {
            if (value("VELADOR_KEYSTORE") == null) {
                return;
            }
            readableFile("VELADOR_KEYSTORE", "the path of a file that 'velador keys create' made");
            if (value("VELADOR_KEYSTORE_PASSWORD") == null) {
                throw StartException.illFormed("VELADOR_KEYSTORE_PASSWORD", "not set", "the password of VELADOR_KEYSTORE");
            }
        }

        /** {@code watch} means the process that started this one; the start script replaces it by that process's number. */
        OptionalLong parent() {
            String value = value("VELADOR_PARENT");
            if (value == null) {
                return OptionalLong.empty();
            }
            if (value.equals("watch")) {
                return ProcessHandle.current().parent().map(ProcessHandle::pid).map(OptionalLong::of).orElseGet(OptionalLong::empty);
            }
            return OptionalLong.of(number("VELADOR_PARENT", 0, 1, Integer.MAX_VALUE));
        }
    }
}
