/** Alarms over HTTP: what is wrong now, what was, and taking notice of it. */
package org.velador.alarms.boundary;
