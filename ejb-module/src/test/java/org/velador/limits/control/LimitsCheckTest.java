package org.velador.limits.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.velador.limits.entity.Thresholds;
import org.velador.platform.control.Problem.Violation;

class LimitsCheckTest {

    @Test
    void acceptsLimitsInOrder() {
        assertThat(fields(50.0, 120.0, 40.0, 150.0)).isEmpty();
        assertThat(fields(50.0, 120.0, 50.0, 120.0)).as("both priorities begin together").isEmpty();
        assertThat(fields(92.0, null, 88.0, null)).as("one side only").isEmpty();
        assertThat(fields(null, null, null, 150.0)).as("one bound only").isEmpty();
        assertThat(fields(0.0, 350.0, 0.0, 350.0)).as("the ends of the plausible range").isEmpty();
    }

    @Test
    void refusesLowThatIsNotBelowHigh() {
        assertThat(fields(120.0, 120.0, null, null)).containsExactly("medium.low");
        assertThat(fields(null, null, 150.0, 40.0)).containsExactly("high.low");
        assertThat(fields(160.0, null, null, 150.0)).containsExactly("medium.low");
        assertThat(fields(null, 120.0, 130.0, null)).containsExactly("high.low");
    }

    @Test
    void refusesHighPriorityInsideMedium() {
        assertThat(fields(50.0, 120.0, 55.0, 110.0)).containsExactly("high.low", "high.high");
    }

    @Test
    void refusesWhatCouldNeverBeExceeded() {
        assertThat(fields(-1.0, 351.0, null, null)).containsExactly("medium.low", "medium.high");
        assertThat(fields(null, null, null, Double.POSITIVE_INFINITY)).containsExactly("high.high");
        assertThat(fields(Double.NaN, null, null, null)).containsExactly("medium.low");
    }

    @Test
    void refusesLimitsWithoutAnyBound() {
        assertThat(fields(null, null, null, null)).containsExactly("medium");
    }

    @Test
    void refusesMoreThanOneScope() {
        LimitsView both = new LimitsView(null, "heart-rate", "ICU", null, "A", new Bounds(1.0, 2.0), null);
        assertThat(LimitsCheck.scope(both)).extracting(Violation::field).containsExactly("ward", "patient");
        LimitsView one = new LimitsView(null, "heart-rate", "ICU", null, null, new Bounds(1.0, 2.0), null);
        assertThat(LimitsCheck.scope(one)).isEmpty();
    }

    private static List<String> fields(Double mediumLow, Double mediumHigh, Double highLow, Double highHigh) {
        return LimitsCheck.bounds(new Thresholds(mediumLow, mediumHigh, highLow, highHigh), 0, 350).stream().map(Violation::field).toList();
    }
}
