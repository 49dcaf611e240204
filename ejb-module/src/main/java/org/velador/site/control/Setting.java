package org.velador.site.control;

/**
 * A setting of this instance, as it may be shown.
 *
 * @param name   the variable, such as {@code VELADOR_PORT}
 * @param value  in force, secrets masked; null when it has none
 * @param origin where the value came from
 */
public record Setting(String name, String value, Origin origin) {

    /** Where a value comes from. */
    public enum Origin {
        ENVIRONMENT, DEFAULT
    }
}
