package org.velador.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangesTest {

    public record Bed(String code, String ward, Integer number) {
    }

    @Test
    void whatDiffersIsToldWithBothValues() {
        assertThat(Changes.between(new Bed("A", "ICU", null), new Bed("A", "W1", 7))).isEqualTo("ward: 'ICU' -> 'W1', number: none -> '7'");
        assertThat(Changes.between(null, new Bed("A", "ICU", null))).isEqualTo("code: none -> 'A', ward: none -> 'ICU'");
        assertThat(Changes.between(new Bed("A", null, null), null)).isEqualTo("code: 'A' -> none");
        assertThat(Changes.between(new Bed("A", null, null), new Bed("A", null, null))).isEmpty();
    }

    @Test
    void personalDataAreNamedAndNotTold() {
        assertThat(Changes.fields(new Bed("A", "ICU", null), new Bed("A", "W1", 7))).isEqualTo("ward, number");
    }
}
