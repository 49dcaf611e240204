/** Keeping the catalogue of variables. */
package org.velador.variables.control;
