package org.velador.cluster.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares tens of thousands of things and shows the first few that differ. */
public final class Differences {

    private static final int SHOWN = 10;

    private Differences() {}

    /** The same things, each as often, in any order. */
    public static <T> void assertNone(String what, Collection<T> expected, Collection<T> found) {
        Map<String, Integer> surplus = new TreeMap<>();
        expected.forEach(each -> surplus.merge(each.toString(), -1, Integer::sum));
        found.forEach(each -> surplus.merge(each.toString(), 1, Integer::sum));
        List<String> differences = new ArrayList<>();
        surplus.forEach(
                (each, count) -> {
                    if (count != 0) {
                        differences.add((count < 0 ? "missing    " : "unexpected ") + each);
                    }
                });
        assertThat(differences.subList(0, Math.min(SHOWN, differences.size())))
                .as(
                        "%s: %d expected, %d found, %d differences, of which the first %d",
                        what, expected.size(), found.size(), differences.size(), Math.min(SHOWN, differences.size()))
                .isEmpty();
    }
}
