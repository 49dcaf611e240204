package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.velador.cluster.gateway.KongConfig;
import org.velador.cluster.gateway.KongFile;
import org.velador.cluster.gateway.TargetStatus;

/** How Kong is started, watched and stopped, shown with a command that behaves as Kong's does. */
class KongProcessTest {

    private static final KongFile SHIPPED = read();

    @TempDir
    private Path folder;

    private final List<InetSocketAddress> targets = List.of(new InetSocketAddress("127.0.0.20", 8080),
            new InetSocketAddress("127.0.0.21", 8080), new InetSocketAddress("127.0.0.22", 8080));
    private final InetSocketAddress listen = Ports.anyFree(Ports.loopback(1));
    private final InetSocketAddress admin = Ports.anyFree(Ports.loopback(1));
    private final List<KongProcess> opened = new ArrayList<>();
    private Path home;

    @BeforeEach
    void chooseFolder() {
        home = folder.resolve("site");
    }

    @AfterEach
    void stop() {
        opened.forEach(KongProcess::close);
    }

    @Test
    void kongGetsTheShippedFileWithTheSitesTargets() throws Exception {
        KongProcess.prepare(KongDouble.write(folder, "3.4.2"), SHIPPED, home, listen, admin, targets);
        KongConfig given = KongConfig.read(home.resolve("kong.yml"));
        assertThat(given.upstream().targets()).isEqualTo(targets);
        assertThat(given.services()).isEqualTo(KongConfig.parse(SHIPPED.text()).services());
        assertThat(given.plugins()).isEqualTo(KongConfig.parse(SHIPPED.text()).plugins());
    }

    @Test
    void kong2GetsNoPlugins() throws Exception {
        KongProcess kong = KongProcess.prepare(KongDouble.write(folder, "2.8.5"), SHIPPED, home, listen, admin, targets);
        assertThat(kong.name()).isEqualTo("Kong 2.8.5, which gets no plugins");
        assertThat(Files.readString(home.resolve("kong.yml"))).doesNotContain("plugins:").contains("127.0.0.20:8080");
    }

    @Test
    void kongListensOnTheSitesAddressesOnlyAndWritesInItsFolder() throws Exception {
        open("3.4.2");
        assertThat(KongDouble.environment(home)).contains(
                "KONG_DATABASE=off",
                "KONG_DECLARATIVE_CONFIG=" + home.resolve("kong.yml"),
                "KONG_PROXY_LISTEN=" + Ports.text(listen),
                "KONG_ADMIN_LISTEN=" + Ports.text(admin),
                "KONG_ADMIN_GUI_LISTEN=off",
                "KONG_STATUS_LISTEN=off",
                "KONG_NGINX_DAEMON=off",
                "KONG_NGINX_MAIN_WORKER_PROCESSES=1",
                "KONG_ANONYMOUS_REPORTS=off",
                "KONG_PROXY_ERROR_LOG=" + home.resolve("logs/kong-error.log"));
        assertThat(Files.readString(KongDouble.arguments(folder)).trim()).startsWith("start -p ");
    }

    @Test
    void healthOfTargetsIsAskedOfTheAdminApiInTheirOrder() throws Exception {
        KongProcess kong = open("3.4.2");
        assertThat(kong.targets()).extracting(TargetStatus::address).isEqualTo(targets);
        assertThat(kong.targets()).allMatch(TargetStatus::healthy);
        mark(1, "unhealthy");
        assertThat(kong.targets()).extracting(TargetStatus::healthy).containsExactly(true, false, true);
        assertThat(kong.targets().get(1).reason()).isEqualTo("Kong says UNHEALTHY");
        assertThat(kong.available()).isTrue();
        mark(2, "unhealthy");
        assertThat(kong.available()).isFalse();
    }

    @Test
    void closingLeavesNoProcessAndNoFilesOfKongsAndItCanBeOpenedAgain() throws Exception {
        KongProcess kong = open("3.4.2");
        List<ProcessHandle> processes = ProcessHandle.current().descendants().toList();
        kong.close();
        assertThat(processes).isNotEmpty().allMatch(process -> Signals.ended(process, Duration.ofSeconds(5)));
        assertThat(home.resolve("kong")).doesNotExist();
        assertThat(home.resolve("kong.pid")).doesNotExist();
        kong.open();
        assertThat(kong.targets()).hasSize(3);
    }

    @Test
    void kongThatDoesNotStartIsSaidWithItsReason() throws Exception {
        KongFile wrong = KongFile.read(Files.writeString(folder.resolve("kong.yml"), SHIPPED.text().replace("threshold", "treshold")));
        KongProcess kong = KongProcess.prepare(KongDouble.write(folder, "3.4.2"), wrong, home, listen, admin, targets);
        assertThatThrownBy(kong::open).isInstanceOf(SiteFailure.class)
                .hasMessageStartingWith("Kong 3.4.2 ended with status 1: Error: could not parse")
                .hasMessageContaining("treshold")
                .hasMessageEndingWith("(more in " + home.resolve("logs/kong.log") + ")");
    }

    @Test
    void kongThatDiesIsSaid() throws Exception {
        KongProcess kong = open("3.4.2");
        master().destroyForcibly();
        assertThat(kong.ended().get(20, TimeUnit.SECONDS)).startsWith("Kong 3.4.2 ended with status 137");
    }

    @Test
    void kongOfAnEarlierRunIsStopped() throws Exception {
        KongProcess left = open("3.4.2");
        ProcessHandle master = master();
        List<String> notes = new ArrayList<>();
        KongProcess.stopLeftOver(home, notes::add);
        assertThat(master.isAlive()).isFalse();
        assertThat(notes).containsExactly("Kong of an earlier run (process " + master.pid() + ") was still there; stopped it");
        left.close();
    }

    private KongProcess open(String version) throws IOException {
        KongProcess kong = KongProcess.prepare(KongDouble.write(folder, version), SHIPPED, home, listen, admin, targets);
        opened.add(kong);
        kong.open();
        return kong;
    }

    private ProcessHandle master() throws IOException {
        ProcessHandle master = ProcessRecord.find(home.resolve("kong.pid")).orElseThrow();
        assertThat(Signals.ended(master, Duration.ZERO)).isFalse();
        return master;
    }

    private void mark(int target, String how) throws Exception {
        URI uri = URI.create("http://" + Ports.text(admin) + "/upstreams/velador/targets/" + Ports.text(targets.get(target)) + "/" + how);
        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    }

    private static KongFile read() {
        try {
            return KongFile.read(Path.of("..", "kong", "kong.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
