/** Limits over HTTP. */
package org.velador.limits.boundary;
