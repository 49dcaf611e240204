package org.velador.cluster.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How a fault went: what the clients saw of it, and how long the site took to get by without what was hurt, and to have it
 * back.
 *
 * @param fault in words
 * @param ward where the clients measured
 * @param calls in the order they ended
 * @param begun the moment of the fault, by {@link System#nanoTime()}
 * @param out when what was hurt was out of rotation, or 0
 * @param returned when it was there again (ready, or resumed), or 0
 * @param back when it was in use again, or 0
 * @param rotation what the gateway thought of its targets, in words
 */
public record Course(
        String fault, String ward, List<Call> calls, long begun, long out, long returned, long back, String rotation) {

    private static final int SHOWN = 20;

    List<Call> failed() {
        return calls.stream().filter(Call::failed).toList();
    }

    List<Call> failed(Predicate<Call> which) {
        return failed().stream().filter(which).toList();
    }

    /** Those that failed although they began so long after the return. */
    List<Call> failedAfterReturn(double seconds) {
        return failed(call -> (call.begun() - returned) / 1e9 > seconds);
    }

    /** Seconds from the fault until what was hurt was out of rotation. */
    public double outAfter() {
        return (out - begun) / 1e9;
    }

    /** Seconds from its return until it was in use again; what was in use before anyone could see it ready took none. */
    public double backAfter() {
        return Math.max(0, (back - returned) / 1e9);
    }

    /** Seconds; of all requests, or of none. */
    double longestWait() {
        return calls.stream().mapToDouble(Call::seconds).max().orElse(0);
    }

    /** Of the table whose rows are {@link #row()}. */
    public static String header() {
        return """
                | Fault | Out after | Back after | Requests | 502 | 503 of an instance | 503 of the gateway | 504 | no answer | other | Longest wait |
                |---|---|---|---|---|---|---|---|---|---|---|
                """;
    }

    public String row() {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        calls.forEach(call -> counts.merge(call.outcome(), 1L, Long::sum));
        return String.format(
                Locale.ROOT, "| %s | %s | %s | %,d | %s | %.2f s |", fault, out == 0 ? "" : seconds(outAfter()),
                back == 0 ? "" : seconds(backAfter()), calls.size(),
                Arrays.stream(Outcome.values()).filter(outcome -> outcome != Outcome.DONE)
                        .map(outcome -> Long.toString(counts.getOrDefault(outcome, 0L)))
                        .collect(Collectors.joining(" | ")),
                longestWait());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** For whoever looks at a test that failed: what each client saw, the first failures, the gateway's view. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format("%s%n%n%-20s %8s", fault, "", "requests"));
        for (Outcome outcome : Outcome.values()) {
            text.append(String.format(" %12s", outcome));
        }
        text.append(String.format(" %12s%n", "longest"));
        Map<String, List<Call>> byClient = new TreeMap<>();
        calls.forEach(call -> byClient.computeIfAbsent(call.client(), client -> new ArrayList<>()).add(call));
        byClient.forEach((client, its) -> {
            text.append(String.format("%-20s %8d", client, its.size()));
            for (Outcome outcome : Outcome.values()) {
                text.append(String.format(" %12d", its.stream().filter(call -> call.outcome() == outcome).count()));
            }
            text.append(String.format(Locale.ROOT, " %10.3f s%n", its.stream().mapToDouble(Call::seconds).max().orElse(0)));
        });
        text.append(String.format(Locale.ROOT, "%nout after %.3f s, returned after %.3f s, back after %.3f s more; the gateway:%n%s",
                outAfter(), (returned - begun) / 1e9, backAfter(), rotation));
        text.append(String.format("%nwhat failed, and when, seen from the fault:%n"));
        failed().stream().sorted(Comparator.comparingLong(Call::begun)).limit(SHOWN)
                .forEach(call -> text.append(call.text(begun)).append(System.lineSeparator()));
        text.append(String.format("%nthe longest waits:%n"));
        calls.stream().sorted(Comparator.comparingDouble(Call::seconds).reversed()).limit(SHOWN / 4)
                .forEach(call -> text.append(call.text(begun)).append(System.lineSeparator()));
        return text.toString();
    }
}
