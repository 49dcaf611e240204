package org.velador.cluster.site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Addresses and ports of this machine's loopback interface. */
final class Ports {

    private Ports() {}

    /**
     * One address for each instance: neighbours from {@code 127.0.0.first} on with the same port, or neighbouring ports of
     * 127.0.0.1 where the loopback interface has no other address (macOS).
     */
    static List<InetSocketAddress> neighbours(int count, int first, int port) {
        boolean manyAddresses = exists(loopback(first));
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(
                    manyAddresses
                            ? new InetSocketAddress(loopback(first + i), port)
                            : new InetSocketAddress(loopback(1), port + 1 + i));
        }
        return addresses;
    }

    /** Fails when the address cannot be listened on, saying who has it where that can be told. */
    static void requireFree(InetSocketAddress address, String purpose, String property) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            String reason =
                    PortHolder.of(address)
                            .map(holder -> "is taken by process " + describe(holder))
                            .orElse("cannot be listened on (" + e.getMessage() + ")");
            throw new SiteFailure(
                    "%s, the address of %s, %s; stop that or choose another with -D%s"
                            .formatted(text(address), purpose, reason, property),
                    e);
        }
    }

    /** An address that was free a moment ago, below the range from which the system picks ports of outgoing connections. */
    static InetSocketAddress anyFree(InetAddress host) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            InetSocketAddress address =
                    new InetSocketAddress(host, ThreadLocalRandom.current().nextInt(20_000, 30_000));
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(address);
                return address;
            } catch (IOException taken) {
                // Try the next.
            }
        }
        throw new SiteFailure("no port of " + host.getHostAddress() + " between 20000 and 30000 can be listened on");
    }

    static boolean exists(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    InetAddress.getByName(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | UnknownHostException | IllegalArgumentException e) {
            throw new SiteFailure("got the address \"" + text + "\", expected one like 127.0.0.1:8000", e);
        }
    }

    private static String describe(ProcessHandle holder) {
        return holder.pid()
                + holder.info().command().map(path -> " (" + path.substring(path.lastIndexOf('/') + 1) + ")").orElse("");
    }
}
