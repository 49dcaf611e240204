/**
 * Measurements: taking them in, one or ten thousand by the same way, and finding them again.
 */
package org.velador.measurements.control;
