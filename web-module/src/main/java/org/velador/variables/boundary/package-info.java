/** The catalogue of variables over HTTP. */
package org.velador.variables.boundary;
