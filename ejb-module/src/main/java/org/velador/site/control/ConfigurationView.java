package org.velador.site.control;

import java.util.List;
import java.util.Map;

/** The settings of the instance that answers, by name. */
public record ConfigurationView(String answeredBy, List<Item> settings) {

    /**
     * One of them.
     *
     * @param value     in force, secrets masked; null when it has none
     * @param origin    where it came from
     * @param differs   whether instances have different values; null while the others are not known
     * @param instances the values by instance, where they differ; an instance without a value is missing
     */
    public record Item(String name, String value, Setting.Origin origin, Boolean differs, Map<String, String> instances) {
    }
}
