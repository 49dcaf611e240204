package org.velador.site.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.velador.site.entity.InstanceState;

class DifferencesTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");

    @Test
    void alikeInstancesAreNoNews() {
        Differences none = new Differences(List.of(up("a", "1.0", Map.of("VELADOR_HEAP", "384m")), up("b", "1.0", Map.of("VELADOR_HEAP", "384m"))));

        assertThat(none.warnings()).isEmpty();
        assertThat(none.differs("VELADOR_HEAP")).isFalse();
    }

    @Test
    void settingThatDiffersIsSaidWithTheValuesOfEach() {
        Differences found = new Differences(List.of(
                up("a", "1.0", Map.of("VELADOR_HEAP", "384m")), up("b", "1.0", Map.of("VELADOR_HEAP", "1g")), up("c", "1.0", Map.of())));

        assertThat(found.warnings()).containsExactly(new Warning("setting-differs", "VELADOR_HEAP",
                "VELADOR_HEAP differs between instances: a has 384m, b has 1g, c has none."));
        assertThat(found.values("VELADOR_HEAP")).containsExactlyInAnyOrderEntriesOf(Map.of("a", "384m", "b", "1g"));
    }

    @Test
    void settingsOfTheirOwnMayDiffer() {
        Differences own = new Differences(List.of(
                up("a", "1.0", Map.of("VELADOR_ADDRESS", "10.128.0.10")), up("b", "1.0", Map.of("VELADOR_ADDRESS", "10.128.0.11"))));

        assertThat(own.differs("VELADOR_ADDRESS")).isTrue();
        assertThat(own.warnings()).isEmpty();
    }

    @Test
    void versionsThatDifferAreSaid() {
        assertThat(new Differences(List.of(up("a", "1.0", Map.of()), up("b", "1.1", Map.of()))).warnings())
                .containsExactly(new Warning("versions-differ", null, "Instances run different versions: a has 1.0, b has 1.1."));
    }

    @Test
    void lostInstanceIsSaidAndNotComparedWithTheOthers() {
        InstanceView.Told lost = told("b", "0.9", InstanceState.LOST, false, Map.of("VELADOR_HEAP", "1g"));

        assertThat(new Differences(List.of(up("a", "1.0", Map.of("VELADOR_HEAP", "384m")), lost)).warnings())
                .containsExactly(new Warning("instance-lost", "b", "Instance b was last heard of at 2026-03-02T12:00Z."));
    }

    @Test
    void nameThatSeveralUseIsSaid() {
        assertThat(new Differences(List.of(told("a", "1.0", InstanceState.UP, true, Map.of()))).warnings())
                .extracting(Warning::kind, Warning::subject).containsExactly(tuple("name-contested", "a"));
    }

    private static InstanceView.Told up(String name, String version, Map<String, String> settings) {
        return told(name, version, InstanceState.UP, false, settings);
    }

    private static InstanceView.Told told(String name, String version, InstanceState state, boolean contested, Map<String, String> settings) {
        return new InstanceView.Told(new InstanceView(name, name + ":8080", version, NOON, NOON, state, 0, null, 0), contested, settings);
    }
}
