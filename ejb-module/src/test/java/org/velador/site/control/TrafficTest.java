package org.velador.site.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final Traffic traffic = new Traffic();
    private final long start = System.nanoTime();

    @Test
    void countsAndTimesTheRequestsOfAWindow() {
        for (int i = 1; i <= 100; i++) {
            answered(i == 100 ? 900 : 20);
        }

        Traffic.Figures figures = traffic.figures(start + 10 * TimeUnit.SECONDS.toNanos(1));

        assertThat(figures.perSecond()).isCloseTo(10, within(0.1));
        assertThat(figures.p99Millis()).isCloseTo(20, within(0.3));
        assertThat(figures.inFlight()).isZero();
    }

    @Test
    void eachWindowStandsForItself() {
        answered(500);
        traffic.figures(start + 2 * Traffic.WINDOW);
        Traffic.Figures next = traffic.figures(start + 4 * Traffic.WINDOW);

        assertThat(next.perSecond()).isZero();
        assertThat(next.p99Millis()).isNull();
    }

    @Test
    void withinAWindowTheFiguresOfTheLastOneStand() {
        answered(20);
        Traffic.Figures first = traffic.figures(start + 2 * Traffic.WINDOW);
        answered(500);

        assertThat(traffic.figures(start + 2 * Traffic.WINDOW + 1)).isEqualTo(first);
    }

    @Test
    void streamIsNeitherTimedNorInFlight() {
        traffic.begins();
        traffic.begins();
        traffic.staysOpen();

        Traffic.Figures figures = traffic.figures(start + 2 * Traffic.WINDOW);

        assertThat(figures.inFlight()).isOne();
        assertThat(figures.p99Millis()).isNull();
    }

    @Test
    void requestThatTookLongerThanCanBeCountedIsCountedAsThat() {
        traffic.begins();
        traffic.ends(TimeUnit.DAYS.toNanos(1));

        assertThat(traffic.figures(start + 2 * Traffic.WINDOW).p99Millis()).isCloseTo(3_600_000, within(40_000.0));
    }

    private void answered(long millis) {
        traffic.begins();
        traffic.ends(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
