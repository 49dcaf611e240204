/**
 * A simulated ward: patients whose vital signs drift and now and then leave their limits, and the devices that post them
 * through the gateway like any device would. The simulation is pure; only {@link org.velador.cluster.ward.Device} and
 * {@link org.velador.cluster.ward.Admissions} touch the network.
 */
package org.velador.cluster.ward;
