package org.velador.cluster.ward;

import java.util.random.RandomGenerator;

/**
 * A value that wanders around its mean: an Ornstein-Uhlenbeck process sampled exactly, so that its spread does not depend
 * on how often it is asked.
 */
final class Drift {

    private final double mean;
    private final double spread;
    private final double relaxationSeconds;
    private double value;

    /**
     * @param mean where it returns to
     * @param spread standard deviation around the mean
     * @param relaxationSeconds time in which a deviation falls to 37 %
     */
    Drift(double mean, double spread, double relaxationSeconds) {
        this.mean = mean;
        this.spread = spread;
        this.relaxationSeconds = relaxationSeconds;
        this.value = mean;
    }

    double after(double seconds, RandomGenerator random) {
        double kept = Math.exp(-seconds / relaxationSeconds);
        value = mean + (value - mean) * kept + spread * Math.sqrt(1 - kept * kept) * random.nextGaussian();
        return value;
    }
}
