package org.velador.cluster.gateway;

import java.net.InetSocketAddress;

/**
 * What the gateway thinks of one target.
 *
 * @param address where it listens
 * @param healthy whether it is in rotation
 * @param reason why it is out; empty while it is in rotation
 */
public record TargetStatus(InetSocketAddress address, boolean healthy, String reason) {}
