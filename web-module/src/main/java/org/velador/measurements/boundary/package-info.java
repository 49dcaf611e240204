/**
 * Measurements over HTTP. Whatever a device speaks (one JSON object, an array, NDJSON or CSV) becomes one list of drafts here
 * and goes the same way from then on.
 */
package org.velador.measurements.boundary;
