package org.velador.cluster.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What to measure, and for how long.
 *
 * @param parts which parts; all but {@link Part#GROWTH}, {@link Part#FAULTS} and {@link Part#AUDIT} unless named in {@code bench.only}
 * @param warmUps rounds before those that count ({@code bench.warmup}, 4): a cold JVM is another machine
 * @param rounds rounds that count ({@code bench.rounds}, 3)
 * @param round length of one ({@code bench.seconds}, 6)
 * @param instances how many ({@code bench.instances}, 3)
 * @param rows how many measurements the table grows to ({@code bench.rows}, 10 million)
 * @param command as given
 */
record Options(Set<Part> parts, int warmUps, int rounds, Duration round, int instances, long rows, String command) {

    /** What can be measured on its own. */
    enum Part {
        SINGLE,
        BATCH,
        QUERY,
        GROWTH,
        FAULTS,
        AUDIT
    }

    private static final Set<Part> LOAD = EnumSet.of(Part.SINGLE, Part.BATCH, Part.QUERY);

    static Options of(Properties properties) {
        String only = properties.getProperty("bench.only");
        return new Options(
                only == null ? LOAD : parts(only),
                number(properties, "bench.warmup", 4),
                number(properties, "bench.rounds", 3),
                Duration.ofSeconds(number(properties, "bench.seconds", 6)),
                number(properties, "bench.instances", 3),
                number(properties, "bench.rows", 10_000_000),
                command(properties));
    }

    /** For what comes last, when everything has worked for minutes. */
    Options brief() {
        return new Options(parts, 1, rounds, round.dividedBy(2), instances, rows, command);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** Whether all of the load was asked for: half a run is no record. */
    boolean isWholeLoad() {
        return parts.containsAll(LOAD);
    }

    private static Set<Part> parts(String only) {
        try {
            return Arrays.stream(only.split(",")).map(word -> Part.valueOf(word.trim().toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "bench.only: got " + only + ", expected some of single, batch, query, growth, faults, audit, separated by commas", e);
        }
    }

    private static int number(Properties properties, String name, int standard) {
        String text = properties.getProperty(name, Integer.toString(standard));
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(name + ": got " + text + ", expected a whole number above 0");
        }
        return Integer.parseInt(text);
    }

    private static String command(Properties properties) {
        return "mvn -Pbench" + new TreeMap<>(properties).entrySet().stream()
                .filter(entry -> entry.getKey().toString().startsWith("bench."))
                .map(entry -> " -D" + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining());
    }
}
