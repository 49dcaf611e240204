package org.velador.limits.entity;

/**
 * A value beyond a limit.
 *
 * @param priority that of the worst limit exceeded
 * @param limit    that limit, in the unit of the variable
 */
public record Breach(Priority priority, double limit) {
}
