package org.velador.instance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Entry point of {@code bin/velador}: starts a node, or ({@code --train}) rehearses a start for the class archive, or
 * ({@code --healthcheck}) asks a running node whether it lives, or ({@code audit verify}) verifies the audit in the database.
 */
public final class Main {

    private Main() {
    }

    /** Exit status 1 and one sentence on the standard error when the node cannot start. */
    public static void main(String[] arguments) {
        try {
            Settings settings = Settings.from(System.getenv());
            Publication.publish(System.getenv());
            switch (List.of(arguments).toString()) {
                case "[]" -> serve(settings);
                case "[--train]" -> train(settings);
                case "[--healthcheck]" -> System.exit(Probe.lives(settings) ? 0 : 1);
                case "[audit, verify]" -> ApplicationCommand.run(settings.ear(), "org.velador.audit.control.VerifyCommand");
                default -> throw new StartException("Arguments: %s (expected: none, --train, --healthcheck or audit verify)".formatted(String.join(" ", arguments)));
            }
        } catch (StartException e) {
            System.err.println("velador: " + e.getMessage());
            // Not exit: the server may be half up, and its shutdown hook would wait for it.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void serve(Settings settings) {
        Shutdown shutdown = new Shutdown(settings);
        shutdown.listen();
        checkFree(settings.address(), settings.port());
        Server server = Server.boot(settings);
        server.deploy(settings.ear());
        shutdown.serving(server);
        long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf(Locale.ROOT, "velador %s serves after %.1f s%n", settings.name(), millis / 1000.0);
    }

    private static void train(Settings settings) {
        Settings rehearsal = settings.forTraining(freePort());
        Server.boot(rehearsal).deployWithoutDatabase(rehearsal.ear());
        Probe.lives(rehearsal);
        // The class archive is written in an orderly exit only.
        System.exit(0);
    }

    /** The server would say the same in twenty lines, after seconds. */
    private static void checkFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (UnknownHostException e) {
            throw StartException.illFormed("VELADOR_ADDRESS", address, "an IPv4 address or host name of this machine");
        } catch (BindException e) {
            throw new StartException("%s:%d cannot be listened on: %s (expected: a free port of an address of this machine)"
                    .formatted(address, port, e.getMessage()), e);
        } catch (IOException e) {
            throw new StartException("%s:%d cannot be listened on: %s".formatted(address, port, e.getMessage()), e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartException("No port is free on the loopback address: " + e.getMessage(), e);
        }
    }
}
