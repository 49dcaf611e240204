package org.velador.platform.control;

/**
 * Something that can be edited, with the version that an edit must name (HTTP's ETag and If-Match).
 */
public record Versioned<T>(T value, int version) {
}
