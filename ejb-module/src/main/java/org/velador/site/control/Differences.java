package org.velador.site.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is not alike on instances that should be alike, and what else is wrong with them. Those that are lost are not compared: what they last
 * said may be long ago.
 */
final class Differences {

    /** Of each instance and of its machine: these are meant to differ, or may. */
    private static final Set<String> OWN = Set.of(
            "VELADOR_ADDRESS", "VELADOR_PORT", "VELADOR_INSTANCE", "VELADOR_HOME", "VELADOR_CDS", "VELADOR_PARENT");

    private final List<InstanceView.Told> all;
    private final List<InstanceView.Told> alive;

    Differences(List<InstanceView.Told> instances) {
        all = instances;
        alive = instances.stream().filter(i -> !i.isLost()).toList();
    }

    boolean differs(String setting) {
        Set<String> values = new HashSet<>();
        alive.forEach(i -> values.add(i.settings().get(setting)));
        return values.size() > 1;
    }

    /** The values of a setting by instance; one without a value is missing. */
    Map<String, String> values(String setting) {
        Map<String, String> values = new TreeMap<>();
        alive.stream().filter(i -> i.settings().containsKey(setting))
                .forEach(i -> values.put(i.instance().name(), i.settings().get(setting)));
        return values;
    }

    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        for (InstanceView.Told i : all) {
            String name = i.instance().name();
            if (i.isLost()) {
                warnings.add(new Warning("instance-lost", name, "Instance " + name + " was last heard of at " + i.instance().lastSeenAt() + "."));
            }
            if (i.contested()) {
                warnings.add(new Warning("name-contested", name, "Several instances use the name " + name + " (expected: one of its own for each)."));
            }
        }
        Map<String, String> versions = alive.stream().map(InstanceView.Told::instance)
                .collect(Collectors.toMap(InstanceView::name, InstanceView::version, (a, b) -> b, TreeMap::new));
        if (new HashSet<>(versions.values()).size() > 1) {
            warnings.add(new Warning("versions-differ", null, "Instances run different versions: " + inWords(versions) + "."));
        }
        Set<String> settings = new TreeSet<>();
        alive.forEach(i -> settings.addAll(i.settings().keySet()));
        for (String setting : settings) {
            if (!OWN.contains(setting) && differs(setting)) {
                Map<String, String> values = new TreeMap<>();
                alive.forEach(i -> values.put(i.instance().name(), Objects.requireNonNullElse(i.settings().get(setting), "none")));
                warnings.add(new Warning("setting-differs", setting, setting + " differs between instances: " + inWords(values) + "."));
            }
        }
        return warnings;
    }

    private static String inWords(Map<String, String> byInstance) {
        return byInstance.entrySet().stream().map(e -> e.getKey() + " has " + e.getValue()).collect(Collectors.joining(", "));
    }
}
