/**
 * What all resources share at the HTTP edge: JSON, problems as RFC 9457 answers, pages and ETags, the bound on bodies,
 * and the health checks that the load balancer asks for.
 */
package org.velador.platform.boundary;
