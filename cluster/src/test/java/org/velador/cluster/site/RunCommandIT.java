package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The run command as a process of its own, as Maven's JVM is when it runs. */
class RunCommandIT {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private Path home;
    private SiteSettings settings;
    private Path output;
    private Process command;

    @BeforeEach
    void chooseAddresses() {
        home = folder.resolve("velador");
        settings = SiteSettings.temporary(SharedSite.root());
        output = folder.resolve("output");
    }

    @AfterEach
    void endWhatIsLeft() throws InterruptedException {
        if (command != null) {
            command.destroy();
            command.waitFor();
        }
    }

    @Test
    void runsAWardUntilSigtermAndLeavesNoProcess() throws Exception {
        start(settings);
        awaitOutput("Velador is ready");
        List<ProcessHandle> instances = command.descendants().toList();
        ProcessHandle postmaster = postmaster();
        assertThat(instances).hasSizeGreaterThanOrEqualTo(3);

        command.destroy();

        assertThat(command.waitFor()).isEqualTo(143);
        assertThat(instances).noneMatch(ProcessHandle::isAlive);
        assertThat(postmaster.isAlive()).isFalse();
        assertThat(Files.readString(output))
                .contains("Admin API http://" + Ports.text(settings.admin()), "Velador has stopped.").doesNotContain("\tat ");
    }

    @Test
    void interruptedStartLeavesNoProcess() throws Exception {
        start(settings);
        awaitOutput("PostgreSQL at");
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> children = command.descendants().toList();

        Signals.send("INT", command.pid());

        assertThat(command.waitFor()).isEqualTo(130);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(postmaster.isAlive()).isFalse();
    }

    @Test
    void everythingEndsWithAKilledCommand() throws Exception {
        start(settings);
        awaitOutput("Velador is ready");
        List<ProcessHandle> children = command.descendants().toList();
        ProcessHandle postmaster = postmaster();

        Signals.send("KILL", command.pid());

        assertThat(children).allMatch(child -> Signals.ended(child, Duration.ofSeconds(20)));
        assertThat(Signals.ended(postmaster, Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void databaseThatAnEarlierRunLeftBehindIsStopped() throws Exception {
        start(settings);
        awaitOutput("PostgreSQL at");
        ProcessHandle postmaster = postmaster();
        // Suspended it cannot notice that its children go first, with them the one that would stop the database.
        Signals.send("STOP", command.pid());
        command.descendants().forEach(ProcessHandle::destroyForcibly);
        Signals.send("KILL", command.pid());
        assertThat(Signals.ended(command.toHandle(), Duration.ofSeconds(20))).isTrue();
        assertThat(postmaster.isAlive()).isTrue();

        start(settings);
        awaitOutput("PostgreSQL of an earlier run (process " + postmaster.pid() + ") was still there; stopped it");
        awaitOutput("PostgreSQL at");
    }

    @Test
    void databaseThatDoesNotStartIsSaidInOneSentenceAndLeavesNoInstance() throws Exception {
        Path data = Files.createDirectories(home.resolve("postgresql"));
        Files.writeString(data.resolve("PG_VERSION"), PostgresServer.MAJOR_VERSION + "\n");
        Files.writeString(data.resolve("postgresql.conf"), "no_such_setting = 1\n");

        start(settings);
        assertThat(command.waitFor()).isEqualTo(1);

        assertThat(complaints()).singleElement().asString().contains("PostgreSQL did not start: ");
        for (int number = 1; number <= settings.instances().size(); number++) {
            assertThat(ProcessRecord.find(home.resolve("instances/" + number + ".pid"))).isEmpty();
        }
    }

    @Test
    void takenAddressIsSaidInOneSentence() throws Exception {
        InetSocketAddress taken = settings.gateway();
        try (ServerSocket socket = new ServerSocket(taken.getPort(), 1, taken.getAddress())) {
            assertThat(socket.isBound()).isTrue();
            start(settings);
            assertThat(command.waitFor()).isEqualTo(1);
        }
        assertThat(complaints())
                .singleElement()
                .asString()
                .contains(Ports.text(taken) + ", the address of the gateway")
                .contains("-Dlisten=address:port");
    }

    @Test
    void folderInUseIsSaidWithTheProcess() throws Exception {
        HomeLock lock = HomeLock.take(home);
        start(settings);
        assertThat(command.waitFor()).isEqualTo(1);
        lock.close();

        assertThat(complaints()).singleElement().asString().contains("is in use by process " + ProcessHandle.current().pid());
    }

    @Test
    void kongThatIsNotThereIsSaidInOneSentence() throws Exception {
        start(SharedSite.root(), settings, "-Dgateway=kong", "-Dvelador.kong=" + folder.resolve("kong"));
        assertThat(command.waitFor()).isEqualTo(1);

        assertThat(complaints()).singleElement().asString()
                .contains("got velador.kong=" + folder.resolve("kong") + ", expected the path of Kong's command");
    }

    @Test
    void missingPartIsSaidWithTheRemedy() throws Exception {
        Path emptyCheckout = Files.createDirectory(folder.resolve("checkout"));
        start(emptyCheckout, settings);
        assertThat(command.waitFor()).isEqualTo(1);

        assertThat(complaints()).singleElement().asString().contains("is missing; build first: mvn package");
    }

    private void start(SiteSettings addresses) throws IOException {
        start(SharedSite.root(), addresses);
    }

    /** @param options further ones, which win over those before */
    private void start(Path root, SiteSettings addresses, String... options) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Ddata=" + home,
                "-Dlisten=" + Ports.text(addresses.gateway()),
                "-Dadmin=" + Ports.text(addresses.admin()),
                "-Dgateway=" + (addresses.kong().isPresent() ? "kong" : "stand-in"),
                "-Ddatabase=" + Ports.text(addresses.database()),
                "-Dinstances=" + addresses.instances().stream().map(Ports::text).collect(Collectors.joining(","))));
        addresses.kong().ifPresent(kong -> line.add("-Dvelador.kong=" + kong));
        line.addAll(List.of(options));
        line.add(RunCommand.class.getName());
        line.add(root.toString());
        command = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(home.resolve("postgresql/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private List<String> complaints() throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> !line.startsWith("Velador st") && !line.startsWith("Velador has")).toList();
        }
    }

    private void awaitOutput(String words) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(LONG_ENOUGH);
        while (!Files.readString(output).contains(words)) {
            assertThat(command.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(Instant.now()).as(Files.readString(output)).isBefore(deadline);
            Thread.sleep(50);
        }
    }
}
