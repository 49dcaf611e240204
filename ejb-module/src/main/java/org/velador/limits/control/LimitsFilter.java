package org.velador.limits.control;

/** Which limits are asked for; null for all. Overrides are found by what they are for, not by what they apply to. */
public record LimitsFilter(String variable, String ward, String place, String patient) {
}
