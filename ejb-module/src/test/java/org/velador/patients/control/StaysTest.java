package org.velador.patients.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.velador.patients.control.Stays.Occupant;

class StaysTest {

    private static final int BED = 1;
    private static final Occupant ANA = new Occupant(1, "A");
    private static final Occupant BEN = new Occupant(2, "B");

    private final Stays stays = new Stays()
            .add(BED, at("2026-01-01T08:00Z"), at("2026-01-02T12:00Z"), ANA)
            .add(BED, at("2026-01-02T12:00Z"), null, BEN);

    @Test
    void momentOfAdmissionBelongsToThePatientAdmitted() {
        assertThat(stays.occupant(BED, at("2026-01-01T08:00Z"))).isEqualTo(ANA);
        assertThat(stays.occupant(BED, at("2026-01-02T12:00Z"))).isEqualTo(BEN);
    }

    @Test
    void patientOwnsTheBedUntilJustBeforeDischarge() {
        assertThat(stays.occupant(BED, at("2026-01-02T11:59:59.999999Z"))).isEqualTo(ANA);
    }

    @Test
    void nobodyWasThereBeforeTheFirstAdmission() {
        assertThat(stays.occupant(BED, at("2026-01-01T07:59:59.999999Z"))).isNull();
    }

    @Test
    void stayThatHasNotEndedGoesOn() {
        assertThat(stays.occupant(BED, at("2036-01-01T00:00Z"))).isEqualTo(BEN);
    }

    @Test
    void emptyBedHasNoOccupant() {
        Stays gap = new Stays().add(BED, at("2026-01-01T08:00Z"), at("2026-01-01T09:00Z"), ANA);
        assertThat(gap.occupant(BED, at("2026-01-01T09:00Z"))).isNull();
        assertThat(gap.occupant(2, at("2026-01-01T08:30Z"))).isNull();
    }

    @Test
    void oneInstantInAnotherZoneIsTheSameInstant() {
        assertThat(stays.occupant(BED, at("2026-01-01T03:00-05:00"))).isEqualTo(ANA);
        assertThat(stays.occupant(BED, at("2026-01-02T14:00+02:00"))).isEqualTo(BEN);
    }

    private static OffsetDateTime at(String time) {
        return OffsetDateTime.parse(time);
    }
}
