package org.velador.cluster.ward;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Something that happens to a patient for a while: vital signs swell away from their drift and come back, or a sensor falls
 * off and its values stop.
 *
 * @param kind what happens
 * @param from when it starts
 * @param lasts from start to end
 * @param shifts how far each vital sign is moved at the height of it, in the sign's unit
 * @param silent the vital signs of the sensor that fell off
 */
record Episode(Kind kind, Instant from, Duration lasts, Map<Vital, Double> shifts, Set<Vital> silent) {

    enum Kind {
        DESATURATION,
        TACHYCARDIA,
        FEVER,
        SENSOR_OFF
    }

    private static final Set<Vital> PROBE = EnumSet.of(Vital.OXYGEN_SATURATION);
    private static final Set<Vital> ELECTRODES = EnumSet.of(Vital.HEART_RATE, Vital.RESPIRATORY_RATE);
    private static final Set<Vital> ARTERIAL_LINE =
            EnumSet.of(Vital.ARTERIAL_SYSTOLIC, Vital.ARTERIAL_DIASTOLIC, Vital.ARTERIAL_MEAN);

    /** Any episode, each kind as likely as another. */
    static Episode begin(Instant now, RandomGenerator random) {
        return begin(Kind.values()[random.nextInt(Kind.values().length)], now, random);
    }

    static Episode begin(Kind kind, Instant now, RandomGenerator random) {
        Map<Vital, Double> shifts = new EnumMap<>(Vital.class);
        switch (kind) {
            case DESATURATION -> {
                shifts.put(Vital.OXYGEN_SATURATION, -random.nextDouble(7, 15));
                shifts.put(Vital.HEART_RATE, random.nextDouble(5, 15));
                shifts.put(Vital.RESPIRATORY_RATE, random.nextDouble(4, 10));
                return new Episode(kind, now, seconds(random, 60, 180), shifts, Set.of());
            }
            case TACHYCARDIA -> {
                shifts.put(Vital.HEART_RATE, random.nextDouble(55, 95));
                shifts.put(Vital.ARTERIAL_SYSTOLIC, -random.nextDouble(5, 20));
                return new Episode(kind, now, seconds(random, 60, 240), shifts, Set.of());
            }
            case FEVER -> {
                shifts.put(Vital.BODY_TEMPERATURE, random.nextDouble(2, 3.5));
                shifts.put(Vital.HEART_RATE, random.nextDouble(8, 20));
                return new Episode(kind, now, seconds(random, 1200, 2400), shifts, Set.of());
            }
            case SENSOR_OFF -> {
                Set<Vital> silent =
                        switch (random.nextInt(3)) {
                            case 0 -> PROBE;
                            case 1 -> ELECTRODES;
                            default -> ARTERIAL_LINE;
                        };
                return new Episode(kind, now, seconds(random, 20, 90), shifts, silent);
            }
        }
        throw new AssertionError(kind);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(from.plus(lasts));
    }

    /** How far a vital sign is moved now: a quarter of the time up, half at the height, a quarter back. */
    double shift(Vital vital, Instant now) {
        double part = (double) Duration.between(from, now).toMillis() / lasts.toMillis();
        double height = Math.max(0, Math.min(1, 4 * Math.min(part, 1 - part)));
        return shifts.getOrDefault(vital, 0.0) * height;
    }

    private static Duration seconds(RandomGenerator random, int least, int most) {
        return Duration.ofSeconds(random.nextInt(least, most + 1));
    }
}
