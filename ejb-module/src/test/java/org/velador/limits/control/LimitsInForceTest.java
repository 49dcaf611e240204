package org.velador.limits.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.velador.limits.entity.Scope;
import org.velador.limits.entity.Thresholds;

class LimitsInForceTest {

    private static final int HEART_RATE = 1;
    private static final int BED = 10;
    private static final long PATIENT = 100;

    private static final Thresholds BY_DEFAULT = new Thresholds(50.0, 120.0, 40.0, 150.0);
    private static final Thresholds IN_WARD = new Thresholds(55.0, 110.0, null, null);
    private static final Thresholds AT_BED = new Thresholds(60.0, 100.0, null, null);
    private static final Thresholds OF_PATIENT = new Thresholds(null, 140.0, null, 160.0);

    private final LimitsInForce.Builder rows = new LimitsInForce.Builder();

    @Test
    void withoutAnyLimitsNothingIsWatched() {
        assertThat(rows.build().forMeasurement(HEART_RATE, BED, "ICU", PATIENT)).isSameAs(Thresholds.NONE);
    }

    @Test
    void defaultAppliesWhereNothingOverridesIt() {
        rows.add(1, HEART_RATE, null, null, null, BY_DEFAULT);
        assertThat(rows.build().forMeasurement(HEART_RATE, BED, "ICU", null)).isEqualTo(BY_DEFAULT);
        assertThat(rows.build().forMeasurement(2, BED, "ICU", null)).isSameAs(Thresholds.NONE);
    }

    @Test
    void mostSpecificRowWins() {
        rows.add(1, HEART_RATE, null, null, null, BY_DEFAULT);
        assertThat(rows.build().applied(HEART_RATE, BED, "ICU", PATIENT).scope()).isEqualTo(Scope.DEFAULT);
        rows.add(2, HEART_RATE, "ICU", null, null, IN_WARD);
        assertThat(rows.build().applied(HEART_RATE, BED, "ICU", PATIENT)).isEqualTo(new LimitsInForce.Applied(2, Scope.WARD, IN_WARD));
        rows.add(3, HEART_RATE, null, BED, null, AT_BED);
        assertThat(rows.build().applied(HEART_RATE, BED, "ICU", PATIENT)).isEqualTo(new LimitsInForce.Applied(3, Scope.PLACE, AT_BED));
        rows.add(4, HEART_RATE, null, null, PATIENT, OF_PATIENT);
        assertThat(rows.build().applied(HEART_RATE, BED, "ICU", PATIENT)).isEqualTo(new LimitsInForce.Applied(4, Scope.PATIENT, OF_PATIENT));
    }

    @Test
    void overrideReplacesTheWholeRow() {
        rows.add(1, HEART_RATE, null, null, null, BY_DEFAULT).add(4, HEART_RATE, null, null, PATIENT, OF_PATIENT);
        Thresholds applied = rows.build().forMeasurement(HEART_RATE, BED, "ICU", PATIENT);
        assertThat(applied.assess(20)).as("the default's lower limit").isNull();
    }

    @Test
    void overridesOfOthersDoNotApply() {
        rows.add(1, HEART_RATE, null, null, null, BY_DEFAULT)
                .add(2, HEART_RATE, "ED", null, null, IN_WARD)
                .add(3, HEART_RATE, null, 11, null, AT_BED)
                .add(4, HEART_RATE, null, null, 101L, OF_PATIENT);
        assertThat(rows.build().forMeasurement(HEART_RATE, BED, "ICU", PATIENT)).isEqualTo(BY_DEFAULT);
        assertThat(rows.build().forMeasurement(HEART_RATE, BED, "ICU", null)).isEqualTo(BY_DEFAULT);
    }
}
