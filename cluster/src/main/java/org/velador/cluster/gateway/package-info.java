/**
 * A stand-in for Kong on machines without Kong: reads {@code kong/kong.yml} and balances, probes, retries and refuses as
 * Kong does. What crosses its border: {@link org.velador.cluster.gateway.KongConfig} in,
 * {@link org.velador.cluster.gateway.Gateway} out. Everything of one gateway runs on one event loop, so nothing is locked.
 */
package org.velador.cluster.gateway;
