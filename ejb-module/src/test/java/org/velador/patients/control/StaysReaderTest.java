package org.velador.patients.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.velador.patients.control.Stays.Occupant;
import org.velador.platform.control.TestDatabase;

class StaysReaderTest {

    private static DataSource database;

    @BeforeAll
    static void prepare() {
        database = TestDatabase.create();
        TestDatabase.execute(database, """
                insert into place (code, ward, kind) values ('ICU-01', 'ICU', 'BED'), ('ICU-02', 'ICU', 'BED'), ('ICU-03', 'ICU', 'BED');
                insert into patient (mrn, name, sex) values ('A', 'Ana', 'OTHER'), ('B', 'Ben', 'OTHER');
                insert into stay (patient_id, place_id, admitted_at, discharged_at) values
                    (1, 1, '2026-01-01T08:00Z', '2026-01-02T12:00Z'), (2, 1, '2026-01-02T12:00Z', '2026-01-03T00:00Z'), (1, 2, '2026-01-02T12:00Z', null)""");
    }

    @Test
    void loadsWhoeverTouchesTheTimeAskedFor() throws SQLException {
        Stays stays = load(new int[] {1, 2}, "2026-01-02T00:00Z", "2026-01-02T12:00Z");
        assertThat(stays.occupant(1, at("2026-01-02T11:59Z"))).isEqualTo(new Occupant(1, "A"));
        assertThat(stays.occupant(1, at("2026-01-02T12:00Z"))).isEqualTo(new Occupant(2, "B"));
        assertThat(stays.occupant(2, at("2026-01-02T12:00Z"))).isEqualTo(new Occupant(1, "A"));
        assertThat(stays.occupant(3, at("2026-01-02T12:00Z"))).isNull();
    }

    @Test
    void oneMomentIsEnoughOfARange() throws SQLException {
        Stays stays = load(new int[] {1}, "2026-01-01T08:00Z", "2026-01-01T08:00Z");
        assertThat(stays.occupant(1, at("2026-01-01T08:00Z"))).isEqualTo(new Occupant(1, "A"));
    }

    @Test
    void databaseRefusesTwoPatientsInABed() {
        assertRefused("insert into stay (patient_id, place_id, admitted_at) values (2, 2, '2026-01-05T00:00Z')", "stay_one_patient_in_a_bed");
    }

    @Test
    void databaseRefusesAPatientInTwoBeds() {
        assertRefused("insert into stay (patient_id, place_id, admitted_at) values (1, 3, '2026-01-05T00:00Z')", "stay_one_bed_for_a_patient");
    }

    private static void assertRefused(String insert, String constraint) {
        assertThatThrownBy(() -> {
            try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
                statement.execute(insert);
            }
        }).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("23P01");
            assertThat(e.getMessage()).contains(constraint);
        });
    }

    private static Stays load(int[] places, String from, String to) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return StaysReader.load(connection, places, at(from), at(to));
        }
    }

    private static OffsetDateTime at(String time) {
        return OffsetDateTime.parse(time);
    }
}
