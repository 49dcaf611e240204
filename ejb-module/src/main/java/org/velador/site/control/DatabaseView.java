package org.velador.site.control;

/**
 * The database as this instance finds it.
 *
 * @param reachable       whether it answered just now
 * @param reason          why not, when it did not
 * @param roundTripMillis how long the shortest question took; null when it did not answer
 * @param sizeBytes       on its disk, when it last answered
 * @param version         of PostgreSQL, when it last answered
 */
public record DatabaseView(boolean reachable, String reason, Double roundTripMillis, Long sizeBytes, String version) {
}
