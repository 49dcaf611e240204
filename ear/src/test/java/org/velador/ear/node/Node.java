package org.velador.ear.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node as it is shipped, in a process of its own. */
final class Node implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final InetSocketAddress address;
    private final Path log;

    private Node(Process process, InetSocketAddress address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /**
     * Starts it; it deploys the archive by itself.
     *
     * @param distribution what the build of the node leaves
     * @param folder       for the node's work and its log
     */
    static Node start(Path distribution, Path ear, Path folder, Database database) throws IOException {
        return start(distribution, ear, folder, database.jdbcUrl());
    }

    static Node start(Path distribution, Path ear, Path folder, String jdbcUrl) throws IOException {
        return start(distribution, ear, folder, jdbcUrl, 0);
    }

    /** Starts one that drains for a while when it is stopped. */
    static Node start(Path distribution, Path ear, Path folder, String jdbcUrl, int drainSeconds) throws IOException {
        InetSocketAddress address = freeAddress();
        Path log = folder.resolve("node.log");
        Map<String, String> keys = keys(distribution, folder);
        ProcessBuilder builder = new ProcessBuilder(distribution.resolve("bin/velador").toString());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("VELADOR_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("VELADOR_EAR", ear.toString());
        environment.put("VELADOR_ADDRESS", address.getAddress().getHostAddress());
        environment.put("VELADOR_PORT", Integer.toString(address.getPort()));
        environment.put("VELADOR_HOME", folder.resolve("node").toString());
        // The database asks for no password; these are there so that tests can look for them where they must not be.
        environment.put("VELADOR_DB_URL", jdbcUrl + "?password=" + Database.SECRET);
        environment.put("VELADOR_DB_PASSWORD", Database.SECRET);
        environment.put("VELADOR_DB_USER", Database.USER);
        environment.putAll(keys);
        environment.put("VELADOR_DRAIN_SECONDS", Integer.toString(drainSeconds));
        environment.putAll(Issuer.RUNNING.settings());
        // It ends when the tests do, however they end.
        environment.put("VELADOR_PARENT", "watch");
        return new Node(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), address, log);
    }

    /** A keystore for all nodes of the folder, made as a hospital makes one. */
    private static Map<String, String> keys(Path distribution, Path folder) throws IOException {
        Path file = folder.resolve("keys.p12");
        Map<String, String> settings = Map.of("VELADOR_KEYSTORE", file.toString(), "VELADOR_KEYSTORE_PASSWORD", Database.SECRET);
        if (!Files.exists(file)) {
            ProcessBuilder create = new ProcessBuilder(distribution.resolve("bin/velador").toString(), "keys", "create").inheritIO();
            create.environment().putAll(settings);
            create.environment().put("JAVA_HOME", System.getProperty("java.home"));
            create.start().onExit().join();
        }
        return settings;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Waits until a path answers 200. */
    void await(String path, Duration within) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(within);
        while (process.isAlive() && Instant.now().isBefore(deadline)) {
            if (status(path) == 200) {
                return;
            }
            Thread.sleep(50);
        }
        close();
        throw new IOException(path + " did not answer 200 within " + within.toSeconds() + " s, or the node ended:\n" + Files.readString(log));
    }

    /** The status that a path answers with, or 0 when there is no answer. */
    int status(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path))
                .header("X-API-Key", Database.KEY).timeout(Duration.ofSeconds(2)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** Asks it to stop, and does not wait. */
    void terminate() {
        process.destroy();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor(30, TimeUnit.SECONDS);
    }

    /** As a machine that fails ends it. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As an operator stops it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(20, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** 127.0.0.70:8080; where this is taken another port; where there is only one loopback address (macOS) that one. */
    private static InetSocketAddress freeAddress() throws IOException {
        for (String address : new String[] {"127.0.0.70:8080", "127.0.0.70:0", "127.0.0.1:0"}) {
            String[] parts = address.split(":");
            try (ServerSocket socket = new ServerSocket(Integer.parseInt(parts[1]), 1, InetAddress.getByName(parts[0]))) {
                return (InetSocketAddress) socket.getLocalSocketAddress();
            } catch (IOException taken) {
                // The next.
            }
        }
        throw new IOException("No port of a loopback address can be listened on");
    }
}
