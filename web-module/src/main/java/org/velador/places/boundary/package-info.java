/** Places over HTTP. */
package org.velador.places.boundary;
