package org.velador.limits.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.limits.entity.Scope;
import org.velador.limits.entity.Thresholds;
import org.velador.platform.control.TestDatabase;

class LimitsReaderTest {

    private static final int HEART_RATE = 1;
    private static final int SATURATION = 3;
    private static final int[] VARIABLES = {HEART_RATE, SATURATION};
    private static final int[] PLACES = {1, 2, 3};

    private static DataSource database;

    @BeforeAll
    static void prepare() {
        database = TestDatabase.create();
        TestDatabase.execute(database, """
                insert into place (code, ward, kind) values ('ICU-01', 'ICU', 'BED'), ('ICU-02', 'ICU', 'BED'), ('ED-01', 'ED', 'BED'), ('ED-02', 'ED', 'BED');
                insert into patient (mrn, name, sex) values ('A', 'A', 'OTHER'), ('B', 'B', 'OTHER');
                insert into stay (patient_id, place_id, admitted_at, discharged_at) values
                    (1, 1, '2026-01-01T00:00Z', '2026-01-02T00:00Z'), (1, 2, '2026-01-02T00:00Z', null), (2, 4, '2026-01-01T00:00Z', null);
                insert into limits (variable_id, ward, place_id, patient_id, medium_high) values
                    (1, 'ED', null, null, 101), (1, null, 2, null, 102), (1, null, null, 1, 103), (1, null, null, 2, 104)""");
    }

    @Test
    void loadsEveryScopeOfTheBatch() throws SQLException {
        LimitsInForce limits = load(VARIABLES, PLACES);
        assertThat(limits.forMeasurement(HEART_RATE, 1, "ICU", null)).isEqualTo(new Thresholds(50.0, 120.0, 40.0, 150.0));
        assertThat(limits.applied(HEART_RATE, 3, "ED", null)).isEqualTo(mediumHigh(Scope.WARD, 101));
        assertThat(limits.applied(HEART_RATE, 2, "ICU", null)).isEqualTo(mediumHigh(Scope.PLACE, 102));
        assertThat(limits.forMeasurement(SATURATION, 2, "ICU", 1L)).isEqualTo(new Thresholds(92.0, null, 88.0, null));
    }

    @Test
    void limitsOfPatientsWhoLeftTheBedAreThereForLateMeasurements() throws SQLException {
        LimitsInForce limits = load(VARIABLES, new int[] {1});
        assertThat(limits.applied(HEART_RATE, 1, "ICU", 1L)).isEqualTo(mediumHigh(Scope.PATIENT, 103));
    }

    @Test
    void limitsOfOtherVariablesAreNotLoaded() throws SQLException {
        LimitsInForce limits = load(new int[] {SATURATION}, PLACES);
        assertThat(limits.forMeasurement(HEART_RATE, 2, "ICU", 1L)).isSameAs(Thresholds.NONE);
    }

    @Test
    void emptyBatchHasNoLimits() throws SQLException {
        assertThat(load(new int[0], new int[0]).forMeasurement(HEART_RATE, 1, "ICU", null)).isSameAs(Thresholds.NONE);
    }

    private static LimitsInForce.Applied mediumHigh(Scope scope, double value) {
        // The default rows of the catalogue are 1 to 12.
        return new LimitsInForce.Applied(12 + scope.ordinal(), scope, new Thresholds(null, value, null, null));
    }

    private static LimitsInForce load(int[] variables, int[] places) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return LimitsReader.load(connection, variables, places);
        }
    }
}
