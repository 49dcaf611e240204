/**
 * The catalogue of what can be measured: variables with their unit, their codes in other systems, and the range outside
 * which a value is no measurement but a fault.
 */
package org.velador.variables.entity;
