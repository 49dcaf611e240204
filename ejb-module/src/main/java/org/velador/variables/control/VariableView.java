package org.velador.variables.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.velador.platform.control.OneLine;
import org.velador.variables.entity.Variable;

/**
 * A variable as clients send and see it.
 *
 * @param code          lower-case words with hyphens; never changes
 * @param unit          UCUM code
 * @param loinc         LOINC code, or null
 * @param mdc           IEEE 11073-10101 code, or null
 * @param plausibleLow  values below are refused
 * @param plausibleHigh values above are refused
 */
public record VariableView(
        @NotNull @Size(max = 60) @Pattern(regexp = "[a-z0-9]+(-[a-z0-9]+)*+", message = "lower-case letters, digits and single hyphens") String code,
        @NotBlank @Size(max = 120) @OneLine String name,
        @NotBlank @Size(max = 30) @OneLine String unit,
        @Pattern(regexp = "\\d{1,7}-\\d", message = "a LOINC code such as 8867-4") String loinc,
        Integer mdc,
        @NotNull Double plausibleLow,
        @NotNull Double plausibleHigh) {

    static VariableView of(Variable v) {
        return new VariableView(v.code(), v.name(), v.unit(), v.loinc(), v.mdc(), v.plausibleLow(), v.plausibleHigh());
    }
}
