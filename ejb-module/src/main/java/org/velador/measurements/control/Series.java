package org.velador.measurements.control;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * The measurements of a variable at a place over a time, summed up for a plot.
 *
 * @param unit          UCUM code
 * @param bucketSeconds how much time each point stands for
 * @param points        ordered; a bucket without measurements has none, so that a gap stays a gap
 */
public record Series(
        String variable, String place, String unit, OffsetDateTime from, OffsetDateTime to, long bucketSeconds, List<Point> points) {

    /**
     * One bucket.
     *
     * @param at when it begins
     */
    public record Point(OffsetDateTime at, double min, double max, double mean, long count) {
    }
}
