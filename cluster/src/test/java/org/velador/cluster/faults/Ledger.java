package org.velador.cluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.velador.cluster.replay.Api;
import org.velador.cluster.replay.Differences;
import org.velador.cluster.replay.Found;
import org.velador.cluster.replay.Plain;
import org.velador.cluster.replay.Sample;
import org.velador.cluster.site.Site;

/** What clients were told, held against what the site holds afterwards. */
final class Ledger {

    private final Site site;
    private final Api api;

    Ledger(Site site, Api api) {
        this.site = site;
        this.api = api;
    }

    /**
     * Asserts that what was acknowledged is stored, once; that nothing else is, but for requests whose answer was lost; that
     * who sent again has everything stored; and that the alarms are those of what is stored.
     */
    void assertNothingLostOrDoubled(Course course) throws Exception {
        Set<Sample> acknowledged =
                posts(course).filter(call -> !call.failed()).map(Call::sample).collect(Collectors.toSet());
        Set<Sample> doubtful =
                posts(course).filter(call -> call.outcome().leavesDoubt()).map(Call::sample).collect(Collectors.toSet());
        Found found = new Found(api, site, List.of(course.ward()));
        List<Sample> stored =
                found.measurements().stream()
                        .map(m -> new Sample(m.place(), course.ward(), m.patient(), m.variable(), m.takenAt(), m.value()))
                        .toList();

        assertThat(stored).as("stored twice").doesNotHaveDuplicates();
        Differences.assertNone(
                "acknowledged measurements", acknowledged, stored.stream().filter(acknowledged::contains).toList());
        assertThat(stored.stream().filter(sample -> !acknowledged.contains(sample) && !doubtful.contains(sample)))
                .as("stored although their clients were told that nobody had seen them, or never sent")
                .isEmpty();
        assertThat(posts(course).filter(Traffic::retries).map(Call::sample).filter(sample -> !acknowledged.contains(sample)))
                .as("sent again and again, and never acknowledged")
                .isEmpty();
        assertThat(found.rows().stream().filter(row -> row.startsWith("measurement ")).count())
                .as("rows of measurements")
                .isEqualTo(stored.size());
        List<Plain.Alarm> alarms = new Plain(api, stored).alarms();
        assertThat(alarms).as("alarms that had to be raised").isNotEmpty();
        Differences.assertNone("alarms", alarms, found.alarms());
    }

    private static Stream<Call> posts(Course course) {
        return course.calls().stream().filter(Call::isPost);
    }
}
