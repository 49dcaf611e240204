package org.velador.site.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How much this instance has to do, and how quickly it does it: counted in windows of a heartbeat's length. */
@ApplicationScoped
public class Traffic {

    static final long WINDOW = TimeUnit.SECONDS.toNanos(5);

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    /** Writers never wait, neither for each other nor for the reader. */
    private final Recorder micros = new Recorder(LONGEST_MICROS, 2);
    private final AtomicInteger inFlight = new AtomicInteger();
    private Histogram recycled;
    private long windowBegan = System.nanoTime();
    private double perSecond;
    private Double p99Millis;

    /**
     * What was counted.
     *
     * @param perSecond requests that ended, in the last whole window
     * @param p99Millis within which 99 of 100 of them were answered; null when there were none
     * @param inFlight  being worked on at this moment
     */
    record Figures(double perSecond, Double p99Millis, int inFlight) {
    }

    /** A request comes in. */
    public void begins() {
        inFlight.incrementAndGet();
    }

    /** It is answered. */
    public void ends(long nanos) {
        inFlight.decrementAndGet();
        micros.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), LONGEST_MICROS));
    }

    /** It has become a stream that waits for news: there is no end to be timed. */
    public void staysOpen() {
        inFlight.decrementAndGet();
    }

    /**
     * The figures of the last whole window, which ends here if it is long enough.
     *
     * @param now by {@link System#nanoTime}
     */
    synchronized Figures figures(long now) {
        if (now - windowBegan >= WINDOW) {
            recycled = micros.getIntervalHistogram(recycled);
            long requests = recycled.getTotalCount();
            perSecond = requests * 1e9 / (now - windowBegan);
            p99Millis = requests == 0 ? null : recycled.getValueAtPercentile(99) / 1e3;
            windowBegan = now;
        }
        return new Figures(perSecond, p99Millis, inFlight.get());
    }
}
