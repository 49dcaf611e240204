package org.velador.cluster.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.velador.cluster.gateway.Gateway;
import org.velador.cluster.gateway.KongConfig;

/**
 * A command that takes Kong's arguments and environment and is the stand-in behind them: for the tests of how Kong is started,
 * watched and stopped. Its first process is a shell and its second has the pid file, as with Kong.
 */
final class KongDouble {

    private KongDouble() {}

    /** Writes the command; {@code java} runs this class. */
    static Path write(Path folder, String version) throws IOException {
        Path command = folder.resolve("kong");
        Files.writeString(command, """
                #!/bin/sh
                [ "$1" = version ] && { echo '%s'; exit; }
                echo "$@" > '%s'
                ulimit -c 0
                '%s' -Xrs -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s "$@"
                """.formatted(version, arguments(folder), Path.of(System.getProperty("java.home"), "bin/java"),
                System.getProperty("java.class.path"), KongDouble.class.getName()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        return command;
    }

    /** Where the command leaves the arguments that it got. */
    static Path arguments(Path folder) {
        return folder.resolve("arguments");
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(variable -> !variable.startsWith("KONG_"));
        Path prefix = Path.of(arguments[2]);
        Files.createDirectories(prefix.resolve("pids"));
        Path home = Path.of(environment.get("KONG_DECLARATIVE_CONFIG")).getParent();
        Files.writeString(home.resolve("environment"), environment.toString());
        KongConfig config;
        try {
            config = KongConfig.read(Path.of(environment.get("KONG_DECLARATIVE_CONFIG")));
        } catch (IllegalArgumentException e) {
            System.err.println("Error: could not parse " + e.getMessage());
            System.exit(1);
            return;
        }
        Files.writeString(prefix.resolve("pids/nginx.pid"), ProcessHandle.current().pid() + "\n");
        Gateway gateway = Gateway.prepare(config, address(environment, "KONG_PROXY_LISTEN"),
                address(environment, "KONG_ADMIN_LISTEN"), config.upstream().targets());
        gateway.open();
        Thread.currentThread().join();
    }

    private static InetSocketAddress address(Map<String, String> environment, String variable) {
        return Ports.parse(environment.get(variable));
    }

    /** What the double was given, after it has started. */
    static List<String> environment(Path home) throws IOException {
        String text = Files.readString(home.resolve("environment"));
        return List.of(text.substring(1, text.length() - 1).split(", "));
    }
}
