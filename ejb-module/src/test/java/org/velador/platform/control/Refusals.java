package org.velador.platform.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Checks that a facade refuses, and how. */
public final class Refusals {

    private Refusals() {
    }

    /** @param fields those named as wrong, in whatever order; none given: not looked at */
    public static void assertRefused(int status, String slug, ThrowingCallable call, String... fields) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().slug()).as(e.problem().detail()).isEqualTo(slug);
            assertThat(e.problem().status()).isEqualTo(status);
            if (fields.length > 0) {
                assertThat(e.problem().violations()).extracting(Problem.Violation::field).hasSameElementsAs(List.of(fields));
            }
        });
    }
}
