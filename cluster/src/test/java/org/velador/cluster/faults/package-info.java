/**
 * What a site is worth when a part of it dies, hangs or is replaced while clients are at work: each fault, what the clients
 * saw of it, and whether everything that was acknowledged is there afterwards, once.
 */
package org.velador.cluster.faults;
