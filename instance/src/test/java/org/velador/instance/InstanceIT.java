package org.velador.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.velador.instance.sample.Broken;

class InstanceIT {

    @TempDir
    Path folder;

    @Test
    void drainsServesOnLetsRunningRequestsFinishAndExitsWithZero() throws Exception {
        try (Node node = new Node(folder, Map.of("VELADOR_DRAIN_SECONDS", "3")).serving()) {
            assertThat(node.get("/health/ready").statusCode()).isEqualTo(200);
            CompletableFuture<HttpResponse<String>> running = node.getAsync("/slow?ms=8000");
            node.get("/slow?ms=0");

            node.terminate();

            Node.await(() -> node.output().contains(" drains for 3 s"), "draining");
            assertThat(node.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(node.get("/health").statusCode()).isEqualTo(503);
            assertThat(node.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(node.get("/slow?ms=0").body()).isEqualTo("done");
            assertThat(running.get().body()).isEqualTo("done");
            assertThat(node.exitStatus()).isZero();
            assertThat(node.output()).contains(" stopped").doesNotContain("Exception");
        }
    }

    @Test
    void listensOnItsOwnAddressOnlyAndTellsNobodyWhatItIs() throws Exception {
        try (Node node = new Node(folder, Map.of()).serving()) {
            assertThat(node.get("/health/live").headers().map()).doesNotContainKeys("server", "x-powered-by");
            // Other systems have one loopback address unless told otherwise.
            assumeTrue(System.getProperty("os.name").equals("Linux"));
            assertThat(accepts("127.0.0.1", node.port)).isTrue();
            assertThat(accepts("127.0.0.2", node.port)).isFalse();
        }
    }

    @Test
    void secondSignalEndsAtOnce() throws Exception {
        try (Node node = new Node(folder, Map.of("VELADOR_DRAIN_SECONDS", "3600")).serving()) {
            node.terminate();
            Node.await(() -> node.output().contains(" drains for 3600 s"), "draining");
            node.terminate();
            assertThat(node.exitStatus()).isEqualTo(143);
        }
    }

    @Test
    void failedDeploymentIsASentenceAndAnExitStatus() throws Exception {
        try (Node node = new Node(folder, Map.of(), Broken.class)) {
            assertThat(node.exitStatus()).isEqualTo(1);
            assertThat(node.output().lines().filter(line -> line.startsWith("velador: "))).singleElement().asString()
                    .contains("cannot be deployed: ", "Broken");
        }
    }

    @Test
    void takenPortIsASentenceAndAnExitStatus() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            try (Node node = new Node(folder, Map.of("VELADOR_PORT", "" + taken.getLocalPort()))) {
                assertThat(node.exitStatus()).isEqualTo(1);
                assertThat(node.output().strip()).startsWith("velador: 127.0.0.1:" + taken.getLocalPort() + " cannot be listened on: ")
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void unknownSettingIsASentenceAndAnExitStatus() throws Exception {
        try (Node node = new Node(folder, Map.of("VELADOR_PROT", "8081"))) {
            assertThat(node.exitStatus()).isEqualTo(1);
            assertThat(node.output()).startsWith("velador: VELADOR_PROT: unknown variable");
        }
    }

    private static boolean accepts(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) Duration.ofSeconds(2).toMillis());
            return true;
        } catch (ConnectException refused) {
            return false;
        }
    }
}
