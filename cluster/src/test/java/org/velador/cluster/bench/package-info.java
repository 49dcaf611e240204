/**
 * {@code mvn -Pbench}: what a site can do, measured on a site of its own, each figure beside something measured in the same
 * run, because machines differ and ratios hardly do. Never shipped, and no part of the tests.
 */
package org.velador.cluster.bench;
