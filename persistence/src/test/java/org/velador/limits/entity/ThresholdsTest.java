package org.velador.limits.entity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThresholdsTest {

    private static final Thresholds HEART_RATE = new Thresholds(50.0, 120.0, 40.0, 150.0);

    @Test
    void valueEqualToALimitIsInside() {
        assertThat(HEART_RATE.assess(50)).isNull();
        assertThat(HEART_RATE.assess(120)).isNull();
    }

    @Test
    void valueBeyondALimitBreachesIt() {
        assertThat(HEART_RATE.assess(Math.nextDown(50.0))).isEqualTo(new Breach(Priority.MEDIUM, 50));
        assertThat(HEART_RATE.assess(Math.nextUp(120.0))).isEqualTo(new Breach(Priority.MEDIUM, 120));
    }

    @Test
    void worstLimitCounts() {
        assertThat(HEART_RATE.assess(40)).as("equal to the high limit, beyond the medium one").isEqualTo(new Breach(Priority.MEDIUM, 50));
        assertThat(HEART_RATE.assess(39)).isEqualTo(new Breach(Priority.HIGH, 40));
        assertThat(HEART_RATE.assess(190)).isEqualTo(new Breach(Priority.HIGH, 150));
    }

    @Test
    void sideWithoutLimitIsNotWatched() {
        Thresholds saturation = new Thresholds(92.0, null, 88.0, null);
        assertThat(saturation.assess(100)).isNull();
        assertThat(saturation.assess(91)).isEqualTo(new Breach(Priority.MEDIUM, 92));
        assertThat(Thresholds.NONE.assess(Double.MAX_VALUE)).isNull();
    }

    @Test
    void highLimitAloneIsEnough() {
        assertThat(new Thresholds(null, null, null, 150.0).assess(151)).isEqualTo(new Breach(Priority.HIGH, 150));
    }
}
