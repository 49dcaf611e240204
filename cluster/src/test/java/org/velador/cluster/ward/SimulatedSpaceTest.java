package org.velador.cluster.ward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedSpaceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void closedFridgeStaysBetweenTwoAndEightDegrees() {
        // With this seed the door stays closed for the first minutes.
        double[] celsius = celsius(SimulatedSpace.fridge("ICU-FRIDGE", new Random(1)), 0, 120);

        assertThat(min(celsius)).isGreaterThan(2);
        assertThat(max(celsius)).isLessThan(8);
    }

    @Test
    void openDoorWarmsTheFridgeAndAClosedOneLetsItCool() {
        SimulatedSpace fridge = SimulatedSpace.fridge("ICU-FRIDGE", new Random(1));
        celsius(fridge, 0, 1);
        fridge.openDoor(START);

        assertThat(max(celsius(fridge, 1, 420))).isGreaterThan(8);
        assertThat(min(celsius(fridge, 420, 1_800))).isLessThan(6);
    }

    @Test
    void roomIsComfortable() {
        double[] celsius = celsius(SimulatedSpace.room("ICU-ROOM", new Random(1)), 0, 3_600);

        assertThat(min(celsius)).isGreaterThan(18);
        assertThat(max(celsius)).isLessThan(26);
    }

    private static double[] celsius(SimulatedSpace space, int fromSecond, int toSecond) {
        return IntStream.range(fromSecond, toSecond)
                .mapToDouble(second -> space.readings(START.plusSeconds(second)).get(0).value())
                .toArray();
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }
}
