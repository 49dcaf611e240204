/**
 * Limits: beyond which value a variable calls for somebody, by default and overridden for a ward, a place or a patient;
 * and the pure rule that assesses a value.
 */
package org.velador.limits.entity;
