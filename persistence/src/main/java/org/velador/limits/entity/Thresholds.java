package org.velador.limits.entity;

/**
 * The four limits of a variable, in its unit. Any may be null: then there is no limit on that side.
 *
 * <p>A value equal to a limit is inside; below a low or above a high one it breaches.
 */
public record Thresholds(Double mediumLow, Double mediumHigh, Double highLow, Double highHigh) {

    /** Nothing is watched. */
    public static final Thresholds NONE = new Thresholds(null, null, null, null);

    /** The worst limit that the value exceeds, or null when it is inside all of them. */
    public Breach assess(double value) {
        if (highLow != null && value < highLow) {
            return new Breach(Priority.HIGH, highLow);
        }
        if (highHigh != null && value > highHigh) {
            return new Breach(Priority.HIGH, highHigh);
        }
        if (mediumLow != null && value < mediumLow) {
            return new Breach(Priority.MEDIUM, mediumLow);
        }
        if (mediumHigh != null && value > mediumHigh) {
            return new Breach(Priority.MEDIUM, mediumHigh);
        }
        return null;
    }
}
