package org.velador.instance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.velador.instance.sample.Checks;
import org.velador.instance.sample.Sample;

/** The built distribution as a process of its own, serving the sample application on a free port of the loopback address. */
final class Node implements AutoCloseable {

    /** Generous: the machine that runs the tests may be busy with others. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path SCRIPT = Path.of("target", "velador-instance", "bin", "velador").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    final int port = freePort();
    final Path log;
    private final Process process;

    Node(Path folder, Map<String, String> settings, Class<?>... extraClasses) throws IOException {
        log = folder.resolve("node-" + port + ".log");
        Path ear = ear(folder.resolve("sample-" + port + ".ear"), extraClasses);
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true).redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("VELADOR_"));
        environment.putAll(new HashMap<>(Map.of("VELADOR_EAR", ear.toString(), "VELADOR_ADDRESS", "127.0.0.1", "VELADOR_PORT", "" + port,
                "VELADOR_HOME", folder.resolve("home-" + port).toString(), "JAVA_HOME", System.getProperty("java.home"))));
        environment.putAll(settings);
        process = builder.start();
    }

    Node serving() {
        await(() -> output().contains(" serves after ") || !process.isAlive(), "serving");
        if (!process.isAlive()) {
            throw new AssertionError("The node ended:\n" + output());
        }
        return this;
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The node does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return HTTP.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE).build();
    }

    static void await(BooleanSupplier condition, String what) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Not " + what + " after " + PATIENCE.toSeconds() + " s.");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path ear(Path file, Class<?>... extraClasses) throws IOException {
        try (ZipOutputStream ear = new ZipOutputStream(Files.newOutputStream(file))) {
            ear.putNextEntry(new ZipEntry("META-INF/application.xml"));
            ear.write("""
                    <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                      <application-name>sample</application-name>
                      <module><web><web-uri>sample.war</web-uri><context-root>/</context-root></web></module>
                    </application>
                    """.getBytes(StandardCharsets.UTF_8));
            ear.putNextEntry(new ZipEntry("sample.war"));
            war(ear, extraClasses);
        }
        return file;
    }

    private static void war(OutputStream target, Class<?>... extraClasses) throws IOException {
        ZipOutputStream war = new ZipOutputStream(target);
        List<Class<?>> classes = new ArrayList<>(List.of(Sample.class, Sample.Slow.class, Checks.class));
        classes.addAll(List.of(extraClasses));
        for (Class<?> type : classes) {
            String name = type.getName().replace('.', '/') + ".class";
            war.putNextEntry(new ZipEntry("WEB-INF/classes/" + name));
            try (InputStream in = type.getResourceAsStream("/" + name)) {
                in.transferTo(war);
            }
        }
        // Finished and not closed: the EAR goes on.
        war.finish();
    }
}
