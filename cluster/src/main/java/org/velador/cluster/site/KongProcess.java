package org.velador.cluster.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.velador.cluster.gateway.KongFile;
import org.velador.cluster.gateway.LoadBalancer;
import org.velador.cluster.gateway.TargetStatus;

/**
 * The real Kong before the instances: without a database, one worker, all it writes in the site's folder. It ends with this
 * process, however that ends.
 */
public final class KongProcess implements LoadBalancer {

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** How long requests under way may take to finish, as with the stand-in. */
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    /** Kong has sockets in this folder, and the system wants the path of a socket to be shorter than 108 bytes. */
    private static final int LONGEST_PREFIX = 70;

    private final KongInstallation installation;
    private final KongInstallation.Version version;
    private final Path home;
    private final InetSocketAddress listen;
    private final InetSocketAddress admin;
    private final KongAdmin api;
    private Path prefix;
    private Process process;
    private ProcessHandle master;
    private LastWill lastWill;
    private Log log;

    private KongProcess(KongInstallation installation, KongInstallation.Version version, Path home,
            InetSocketAddress listen, InetSocketAddress admin, KongAdmin api) {
        this.installation = installation;
        this.version = version;
        this.home = home;
        this.listen = listen;
        this.admin = admin;
        this.api = api;
    }

    /**
     * Gets everything ready; {@link #open()} starts it.
     *
     * @param executable Kong's command
     * @param file what Kong is to do; Kong 2 gets it without the plugins
     * @param home the site's folder: the file in {@code kong.yml}, Kong's own files in {@code kong}, logs in {@code logs}
     * @param targets those of the file, in the order in which they are to be told
     * @throws SiteFailure when that is no Kong
     */
    public static KongProcess prepare(Path executable, KongFile file, Path home, InetSocketAddress listen,
            InetSocketAddress admin, List<InetSocketAddress> targets) throws IOException {
        KongInstallation installation = new KongInstallation(executable);
        KongInstallation.Version version = installation.version();
        Files.createDirectories(home);
        Files.writeString(home.resolve("kong.yml"),
                (version.takesPlugins() ? file : file.withoutPlugins()).withTargets(targets).text());
        KongAdmin api = new KongAdmin(URI.create("http://" + Ports.text(admin) + "/"), file.upstream(), targets);
        return new KongProcess(installation, version, home, listen, admin, api);
    }

    /** Ends the Kong of an earlier run that was killed before it could stop it. */
    static void stopLeftOver(Path home, Consumer<String> notes) {
        ProcessRecord.find(record(home)).ifPresent(left -> {
            end(List.of(left), List.of("TERM", "KILL"));
            notes.accept("Kong of an earlier run (process " + left.pid() + ") was still there; stopped it");
        });
    }

    @Override
    public String name() {
        return "Kong " + version.text() + (version.takesPlugins() ? "" : ", which gets no plugins");
    }

    @Override
    public void open() throws IOException {
        prefix = home.resolve("kong");
        if (prefix.toString().length() > LONGEST_PREFIX) {
            prefix = Files.createTempDirectory("kong");
        }
        // What an earlier Kong left in it would pass for one that runs.
        FileUtils.deleteDirectory(prefix.toFile());
        Files.createDirectories(prefix);
        log = Log.fresh(home.resolve("logs/kong.log"));
        ProcessBuilder builder = new ProcessBuilder(installation.executable().toString(), "start", "-p", prefix.toString());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KONG_"));
        builder.environment().putAll(KongEnvironment.of(home, listen, admin));
        process = builder.redirectErrorStream(true).redirectOutput(log.redirect()).start();
        ProcessRecord.write(record(home), process.toHandle());
        try {
            awaitReady();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void awaitReady() throws IOException {
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!api.answers()) {
            if (!process.isAlive()) {
                throw new SiteFailure("%s ended with status %d: %s (more in %s)"
                        .formatted(name(), process.exitValue(), log.reason(), log.file()));
            }
            if (Instant.now().isAfter(deadline)) {
                throw new SiteFailure("%s is not ready after %d s: %s (more in %s)"
                        .formatted(name(), READY_WITHIN.toSeconds(), log.reason(), log.file()));
            }
            try {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SiteFailure("stopped while starting", e);
            }
        }
        // nginx's first process, the parent of the workers.
        master = ProcessHandle.of(Long.parseLong(Files.readString(prefix.resolve("pids/nginx.pid")).trim())).orElseThrow();
        ProcessRecord.write(record(home), master);
        lastWill = LastWill.interrupting(master.pid());
    }

    @Override
    public InetSocketAddress address() {
        return listen;
    }

    @Override
    public URI admin() {
        return api.uri();
    }

    @Override
    public List<TargetStatus> targets() {
        return api.targets();
    }

    @Override
    public boolean available() {
        return api.available();
    }

    @Override
    public CompletableFuture<String> ended() {
        return process.onExit().thenApply(gone -> "%s ended with status %d; no request can be served until the site is started"
                .formatted(name(), gone.exitValue()) + " again. Its log: " + log.file());
    }

    /** Requests under way have two seconds to finish; what is left of it then is ended all the same. */
    @Override
    public void close() {
        if (process != null) {
            List<ProcessHandle> family = Stream.concat(Stream.concat(Stream.ofNullable(master), process.descendants()),
                    Stream.of(process.toHandle())).distinct().toList();
            if (master != null) {
                Signals.send("QUIT", master.pid());
                Signals.ended(master, GRACE);
            }
            end(family, List.of("TERM", "KILL"));
            process = null;
        }
        if (lastWill != null) {
            lastWill.close();
            lastWill = null;
        }
        try {
            Files.deleteIfExists(record(home));
            if (prefix != null) {
                FileUtils.deleteDirectory(prefix.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void end(List<ProcessHandle> processes, List<String> signals) {
        for (String signal : signals) {
            processes.stream().filter(ProcessHandle::isAlive).forEach(one -> Signals.send(signal, one.pid()));
            Instant deadline = Instant.now().plus(STOP_WITHIN);
            if (processes.stream().allMatch(one -> Signals.ended(one, left(deadline)))) {
                return;
            }
        }
    }

    private static Duration left(Instant deadline) {
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static Path record(Path home) {
        return home.resolve("kong.pid");
    }
}
