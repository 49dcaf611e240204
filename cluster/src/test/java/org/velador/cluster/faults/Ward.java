package org.velador.cluster.faults;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.velador.cluster.replay.Api;
import org.velador.cluster.replay.Sample;

/**
 * Beds that nobody else measures, one ward for each fault, and what is measured there: two of five values are beyond a
 * limit, so that alarms are raised, escalated and cleared all the time. Several writers share each bed and variable, and no
 * two measurements have the same time.
 */
final class Ward {

    private static final int BEDS = 4;

    /** Values inside the limits, beyond the medium and beyond the high ones; the site's own catalogue judges them. */
    private enum Signal {
        HEART_RATE("heart-rate", 60, 125, 155),
        OXYGEN_SATURATION("oxygen-saturation", 93, 88, 75),
        BODY_TEMPERATURE("body-temperature", 36, 38.6, 40.5);

        private final String variable;
        private final double[] from;

        Signal(String variable, double... from) {
            this.variable = variable;
            this.from = from;
        }
    }

    private static final int[] HOW_FAR = {0, 0, 0, 1, 2};

    private final String code;
    private final AtomicLong lastMillis = new AtomicLong();

    private Ward(String code) {
        this.code = code;
    }

    static Ward make(Api api, String code) throws IOException, InterruptedException {
        Ward ward = new Ward(code);
        for (String place : ward.places()) {
            api.create("/api/places", Map.of("code", place, "ward", code, "kind", "bed"), 201);
        }
        return ward;
    }

    String code() {
        return code;
    }

    private List<String> places() {
        return IntStream.rangeClosed(1, BEDS).mapToObj(this::place).toList();
    }

    private String place(int bed) {
        return String.format(Locale.ROOT, "%s-%02d", code, bed);
    }

    /** The next measurement of any bed. */
    Sample measure(Random random) {
        Signal signal = Signal.values()[random.nextInt(Signal.values().length)];
        double value = signal.from[HOW_FAR[random.nextInt(HOW_FAR.length)]] + random.nextInt(10) / 10.0;
        long millis = lastMillis.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
        return new Sample(
                place(1 + random.nextInt(BEDS)), code, null, signal.variable, Instant.ofEpochMilli(millis), value);
    }

    /** What clinicians look at. */
    List<String> queries() {
        return List.of(
                "/api/measurements?limit=10&variable=heart-rate&place=" + place(1),
                "/api/measurements/latest?ward=" + code,
                "/api/alarms?state=active&ward=" + code);
    }
}
