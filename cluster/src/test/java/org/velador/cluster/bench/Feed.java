package org.velador.cluster.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * The request bodies of one client, which stands for the beds it collects from: second after second, place after place, all
 * eight signals of each. Bodies are made once; for each request only times and values are written into them, so that making
 * load costs next to nothing beside bearing it.
 */
final class Feed {

    private static final int TIME_LENGTH = "2026-01-31T12:00:00Z".length();
    private static final int VALUE_LENGTH = 5;

    private static final class Body {
        private byte[] bytes;
        private final int[] pair;
        private final int[] second;
        private final int[] timeAt;
        private final int[] valueAt;

        private Body(int size) {
            pair = new int[size];
            second = new int[size];
            timeAt = new int[size];
            valueAt = new int[size];
        }
    }

    private final Body[] bodies;
    private final int secondsPerCycle;
    private final Instant from;
    private long sent;

    /**
     * @param places codes of the beds
     * @param size measurements in a body: a multiple of what the beds measure in a second, or 1
     * @param from when the first ones are taken
     */
    Feed(String[] places, int size, Instant from) {
        int pairs = places.length * Signal.values().length;
        this.from = from;
        this.bodies = new Body[Math.max(1, pairs / size)];
        this.secondsPerCycle = Math.max(1, size / pairs);
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = body(places, pairs, i * size, size);
        }
    }

    private static Body body(String[] places, int pairs, int first, int size) {
        Body body = new Body(size);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, size == 1 ? "" : "[");
        for (int i = 0; i < size; i++) {
            body.pair[i] = (first + i) % pairs;
            body.second[i] = (first + i) / pairs;
            Signal signal = Signal.of(body.pair[i]);
            String place = places[body.pair[i] / Signal.values().length];
            write(out, (i == 0 ? "" : ",") + "{\"variable\":\"" + signal.code + "\",\"place\":\"" + place + "\",\"value\":");
            body.valueAt[i] = out.size();
            write(out, " ".repeat(VALUE_LENGTH) + ",\"unit\":\"" + signal.unit + "\",\"takenAt\":\"");
            body.timeAt[i] = out.size();
            write(out, "-".repeat(TIME_LENGTH) + "\",\"device\":\"monitor-" + place + "\"}");
        }
        write(out, size == 1 ? "" : "]");
        body.bytes = out.toByteArray();
        return body;
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The next body; the array is used again, so the one before must have been answered. */
    byte[] next() {
        Body body = bodies[(int) (sent % bodies.length)];
        long base = sent / bodies.length * secondsPerCycle;
        sent++;
        byte[][] times = new byte[secondsPerCycle][];
        for (int s = 0; s < secondsPerCycle; s++) {
            times[s] = from.plusSeconds(base + s).toString().getBytes(StandardCharsets.US_ASCII);
        }
        for (int i = 0; i < body.pair.length; i++) {
            Signal signal = Signal.of(body.pair[i]);
            boolean breaches = Signal.breaches(body.pair[i], base + body.second[i]);
            byte[] value = Double.toString(breaches ? signal.breaching : signal.normal).getBytes(StandardCharsets.US_ASCII);
            Arrays.fill(body.bytes, body.valueAt[i], body.valueAt[i] + VALUE_LENGTH, (byte) ' ');
            System.arraycopy(value, 0, body.bytes, body.valueAt[i], value.length);
            System.arraycopy(times[body.second[i]], 0, body.bytes, body.timeAt[i], TIME_LENGTH);
        }
        return body.bytes;
    }
}
