/** Keeping limits, and saying which of them apply to a measurement. */
package org.velador.limits.control;
