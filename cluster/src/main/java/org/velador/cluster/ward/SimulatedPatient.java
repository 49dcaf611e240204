package org.velador.cluster.ward;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A patient on an intensive care monitor. Each vital sign wanders around a mean of this patient's own that lies well inside
 * the default limits; on average every ten minutes an {@link Episode} begins. Heart rate, breathing, saturation,
 * temperature and arterial pressure are continuous; the cuff, as in life, is inflated every few minutes only.
 */
final class SimulatedPatient implements Source {

    static final Duration CUFF_EVERY = Duration.ofMinutes(5);

    private static final double SECONDS_BETWEEN_EPISODES = 600;
    private static final double CUFF_ERROR = 3;

    private final String bed;
    private final String device;
    private final RandomGenerator random;
    private final Map<Vital, Drift> drifts = new EnumMap<>(Vital.class);
    private Instant last;
    private Instant cuffDue;
    private Episode episode;

    SimulatedPatient(String bed, RandomGenerator random) {
        this.bed = bed;
        this.device = "monitor-" + bed;
        this.random = random;
        drifts.put(Vital.HEART_RATE, new Drift(random.nextDouble(65, 92), 3, 60));
        drifts.put(Vital.RESPIRATORY_RATE, new Drift(random.nextDouble(13, 17), 1, 45));
        drifts.put(Vital.OXYGEN_SATURATION, new Drift(random.nextDouble(95.5, 98.5), 0.6, 90));
        drifts.put(Vital.BODY_TEMPERATURE, new Drift(random.nextDouble(36.5, 37.5), 0.1, 1800));
        drifts.put(Vital.ARTERIAL_SYSTOLIC, new Drift(random.nextDouble(112, 140), 5, 120));
        drifts.put(Vital.ARTERIAL_DIASTOLIC, new Drift(random.nextDouble(64, 80), 3, 120));
    }

    @Override
    public List<Reading> readings(Instant now) {
        double seconds = last == null ? 1 : Duration.between(last, now).toMillis() / 1000.0;
        last = now;
        liveThrough(seconds, now);

        Map<Vital, Double> values = new EnumMap<>(Vital.class);
        drifts.forEach((vital, drift) -> values.put(vital, drift.after(seconds, random) + shift(vital, now)));
        double systolic = values.get(Vital.ARTERIAL_SYSTOLIC);
        double diastolic = Math.min(values.get(Vital.ARTERIAL_DIASTOLIC), systolic - 15);
        putPressure(values, systolic, diastolic, false);
        if (cuffIsDue(now)) {
            double error = CUFF_ERROR * random.nextGaussian();
            putPressure(values, systolic + error, diastolic + error, true);
        }

        List<Reading> readings = new ArrayList<>(values.size());
        values.forEach((vital, value) -> {
            if (episode == null || !episode.silent().contains(vital)) {
                readings.add(new Reading(vital.code, bed, vital.displayed(value), vital.unit, now, device));
            }
        });
        return readings;
    }

    /** What is happening to the patient at the last moment asked for. */
    Optional<Episode> episode() {
        return Optional.ofNullable(episode);
    }

    /** Makes an episode begin now, ending one that runs. */
    void suffer(Episode.Kind kind, Instant now) {
        episode = Episode.begin(kind, now, random);
    }

    private void liveThrough(double seconds, Instant now) {
        if (episode != null && episode.isOver(now)) {
            episode = null;
        }
        if (episode == null && random.nextDouble() < 1 - Math.exp(-seconds / SECONDS_BETWEEN_EPISODES)) {
            episode = Episode.begin(now, random);
        }
    }

    private double shift(Vital vital, Instant now) {
        return episode == null ? 0 : episode.shift(vital, now);
    }

    private boolean cuffIsDue(Instant now) {
        if (cuffDue == null) {
            // Beds start at different times, or all cuffs of the ward would inflate in the same second for ever.
            cuffDue = now.plusSeconds(random.nextInt((int) CUFF_EVERY.toSeconds()));
        }
        if (now.isBefore(cuffDue)) {
            return false;
        }
        cuffDue = now.plus(CUFF_EVERY);
        return true;
    }

    private static void putPressure(Map<Vital, Double> values, double systolic, double diastolic, boolean cuff) {
        values.put(cuff ? Vital.CUFF_SYSTOLIC : Vital.ARTERIAL_SYSTOLIC, systolic);
        values.put(cuff ? Vital.CUFF_DIASTOLIC : Vital.ARTERIAL_DIASTOLIC, diastolic);
        values.put(cuff ? Vital.CUFF_MEAN : Vital.ARTERIAL_MEAN, diastolic + (systolic - diastolic) / 3);
    }
}
