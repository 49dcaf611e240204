package org.velador.platform.control;

/** Told once at each start, when the schema is up to date and before the instance is ready: the time for what ready needs. */
public record SchemaCurrent(String version) {
}
