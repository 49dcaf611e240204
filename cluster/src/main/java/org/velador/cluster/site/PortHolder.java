package org.velador.cluster.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who listens on a port: told from Linux's {@code /proc} (proc_pid_fd(5), proc_net(5)); elsewhere nobody can tell. */
final class PortHolder {

    private static final String LISTENING = "0A";

    private PortHolder() {}

    static Optional<ProcessHandle> of(InetSocketAddress address) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                lines.skip(1)
                        .map(line -> line.trim().split("\\s+"))
                        .filter(row -> row[3].equals(LISTENING) && covers(row[1], address))
                        .forEach(row -> sockets.add("socket:[" + row[9] + "]"));
            } catch (IOException notLinux) {
                return Optional.empty();
            }
        }
        return ProcessHandle.allProcesses().filter(process -> hasOpen(process.pid(), sockets)).findFirst();
    }

    /** Whether a listener at {@code local}, as the table writes it, is in the way of one at the address. */
    private static boolean covers(String local, InetSocketAddress address) {
        String[] hostAndPort = local.split(":");
        if (Integer.parseInt(hostAndPort[1], 16) != address.getPort()) {
            return false;
        }
        byte[] bytes = address.getAddress().getAddress();
        StringBuilder littleEndian = new StringBuilder();
        for (int i = bytes.length - 1; i >= 0; i--) {
            littleEndian.append(String.format(Locale.ROOT, "%02X", bytes[i]));
        }
        return hostAndPort[0].endsWith(littleEndian.toString()) || hostAndPort[0].matches("0+");
    }

    private static boolean hasOpen(long pid, Set<String> sockets) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
        } catch (IOException goneOrForeign) {
            // Another user's process, or one that just ended.
        }
        return false;
    }
}
