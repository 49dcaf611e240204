package org.velador.platform.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.velador.platform.control.Problem.Violation;

class ProblemTest {

    @Test
    void longInputIsNotRepeatedAsAWhole() {
        Problem problem = Problem.invalid("x".repeat(1_000_000), "y".repeat(1_000_000));
        assertThat(problem.detail()).hasSizeLessThan(1100).endsWith("…");
        assertThat(problem.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.field()).hasSizeLessThan(110).endsWith("…");
            assertThat(violation.detail()).hasSizeLessThan(1100).endsWith("…");
        });
    }

    @Test
    void manyViolationsAreToldByTheFirst() {
        assertThat(Problem.invalid(Collections.nCopies(100_000, new Violation("field", "wrong"))).violations()).hasSize(20);
    }

    @Test
    void noCharacterIsCutInHalf() {
        String detail = Problem.invalid("f", "\ud83d\ude00".repeat(1000)).detail();
        assertThat(Character.isHighSurrogate(detail.charAt(detail.length() - 2))).isFalse();
    }
}
