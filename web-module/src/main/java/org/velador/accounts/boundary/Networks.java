package org.velador.accounts.boundary;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Networks such as {@code 10.128.0.0/24} or {@code fd00::/8}, or single addresses.
 *
 * @param networks each an address with the length of its prefix
 */
record Networks(List<Network> networks) {

    private record Network(byte[] address, int prefix) {

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                int mask = 0x80 >> bit % 8;
                if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @param text with commas between them; checked when the instance started */
    static Networks parse(String text) {
        return new Networks(Stream.of(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).map(Networks::network).toList());
    }

    /** @param address IPv4 or IPv6, no name */
    boolean contain(String address) {
        byte[] bytes = bytes(address);
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        return new Network(address, slash < 0 ? 8 * address.length : Math.min(Integer.parseInt(text.substring(slash + 1)), 8 * address.length));
    }

    private static byte[] bytes(String address) {
        if (!address.matches(ClientAddress.ADDRESS)) {
            throw new IllegalArgumentException("'" + address + "' (expected: an IPv4 or IPv6 address)");
        }
        try {
            // Of digits alone it asks no name server.
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + address + "' (expected: an IPv4 or IPv6 address)", e);
        }
    }
}
