package org.velador.limits.control;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.velador.limits.entity.Limits;
import org.velador.limits.entity.Thresholds;
import org.velador.platform.control.NamesPatient;
import org.velador.platform.control.OneLine;

/**
 * Limits as clients send and see them: for at most one of ward, place and patient; for none of them they are the default
 * of the variable.
 *
 * @param id       given by us; null in what is sent to add limits
 * @param variable code
 * @param ward     name, or null
 * @param place    code, or null
 * @param patient  MRN, or null
 * @param medium   where medium priority begins; null for nowhere
 * @param high     where high priority begins; null for nowhere
 */
public record LimitsView(
        Integer id,
        @NotNull String variable,
        @Size(max = 64) @Pattern(regexp = "(?s).*\\S.*", message = "must not be blank") @OneLine String ward,
        String place,
        String patient,
        Bounds medium,
        Bounds high) implements NamesPatient {

    static LimitsView of(Limits l) {
        return of(l.id(), l.variable().code(), l.ward(), l.place() == null ? null : l.place().code(),
                l.patient() == null ? null : l.patient().mrn(), l.thresholds());
    }

    static LimitsView of(Integer id, String variable, String ward, String place, String patient, Thresholds t) {
        return new LimitsView(id, variable, ward, place, patient, Bounds.of(t.mediumLow(), t.mediumHigh()), Bounds.of(t.highLow(), t.highHigh()));
    }

    Thresholds thresholds() {
        return new Thresholds(medium == null ? null : medium.low(), medium == null ? null : medium.high(),
                high == null ? null : high.low(), high == null ? null : high.high());
    }

    /** In words, for problems: {@code heart-rate of ward ICU}. */
    String title() {
        return ward != null ? variable + " of ward " + ward
                : place != null ? variable + " of place " + place
                : patient != null ? variable + " of patient " + patient
                : variable + " by default";
    }
}
