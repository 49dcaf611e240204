package org.velador.patients.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.velador.patients.entity.Patient;
import org.velador.patients.entity.Sex;
import org.velador.platform.control.NamesPatient;
import org.velador.platform.control.OneLine;

/**
 * A patient as clients send and see it.
 *
 * @param mrn       medical record number; never changes
 * @param birthDate null when it is not known (yet)
 */
public record PatientView(
        @NotNull @Size(max = 64) @Pattern(regexp = "[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*+", message = "letters and digits, joined by single '-', '_' or '.'") String mrn,
        @NotBlank @Size(max = 200) @OneLine String name,
        LocalDate birthDate,
        @NotNull Sex sex) implements NamesPatient {

    @Override
    public String patient() {
        return mrn;
    }

    static PatientView of(Patient p) {
        return new PatientView(p.mrn(), p.name(), p.birthDate(), p.sex());
    }
}
