package org.velador.audit.entity;

/**
 * How far a chain goes.
 *
 * @param instance whose chain
 * @param number   of the last entry
 * @param hash     of the last entry
 */
public record Head(String instance, long number, String hash) {
}
