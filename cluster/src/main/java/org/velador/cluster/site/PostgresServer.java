package org.velador.cluster.site;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The site's database: embedded PostgreSQL with its data in the site's folder, as careful about what is on disk as a server
 * of its own would be. It has one database and one role that the application runs as, both called {@code velador}, and one that the schema belongs to.
 */
public final class PostgresServer implements AutoCloseable {

    /** Of the binaries that the build depends on; the data of another one cannot be opened. */
    static final String MAJOR_VERSION = "18";

    static final String NAME = "velador";

    private static final String PID_FILE = "postmaster.pid";

    /** After a crash the write-ahead log is replayed first. */
    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("io.zonky.test");

    static {
        // What goes wrong is said here, in a sentence; the library adds stack traces.
        LIBRARY.setLevel(Level.OFF);
    }

    private final Path home;
    private final Path data;
    private final Path binaries;
    private final InetSocketAddress address;
    private volatile DatabaseAccess access;
    private volatile Log log;
    private volatile Running running;

    /** The server from a start to the next stop. */
    private record Running(EmbeddedPostgres server, ProcessHandle postmaster, LastWill lastWill) {}

    private PostgresServer(Path home, Path binaries, InetSocketAddress address) {
        this.home = home;
        this.data = home.resolve("postgresql");
        this.binaries = binaries;
        this.address = address;
    }

    /**
     * A server that can be started: its data are of our version, nothing of an earlier run is left, its address is free. From
     * here on it is known where and as whom to connect.
     *
     * @param home the site's folder: data in {@code postgresql}, the password in {@code database-password}
     * @param binaries where to unpack the binaries, unless they are there
     * @param address of 127.0.0.1
     * @param notes told what is out of the ordinary
     * @throws SiteFailure when it could not start
     */
    static PostgresServer prepare(Path home, Path binaries, InetSocketAddress address, Consumer<String> notes)
            throws IOException {
        PostgresServer server = new PostgresServer(home, binaries, address);
        server.prepare(notes);
        return server;
    }

    private void prepare(Consumer<String> notes) throws IOException {
        requireOurVersion(data);
        stopLeftOver(data, notes);
        Ports.requireFree(address, "PostgreSQL", "database=127.0.0.1:port");
        access = DatabaseAccess.of(home);
        log = Log.fresh(home.resolve("logs/postgresql.log"));
    }

    /**
     * Starts it, with an empty database at the first time; or again, on the same data, after {@link #stop()} or {@link #kill()}.
     *
     * @throws SiteFailure when it does not start; nothing is left running
     */
    public void start() throws IOException {
        if (running != null) {
            prepare(note -> {});
        }
        new EmptyCluster(binaries).copyTo(data);
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(binaries.toFile())
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setDataDirectoryCustomizer(folder -> access.writeRules(folder.toPath()))
                        .setRegisterShutdownHook(false)
                        .setPGStartupWait(START_WITHIN)
                        .setPort(address.getPort())
                        .setConnectConfig("password", access.ownerPassword())
                        .setServerConfig("listen_addresses", address.getAddress().getHostAddress())
                        .setServerConfig("unix_socket_directories", "")
                        .setServerConfig("max_connections", "120")
                        // The library's own defaults would lose the last commits in a power cut.
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        // The same order of text on every machine, whatever its locales.
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setOutputRedirector(log.redirect())
                        .setErrorRedirector(log.redirect());
        EmbeddedPostgres started = start(builder, log);
        try {
            access.grant(started.getPostgresDatabase(), started.getDatabase("postgres", NAME), data);
            ProcessHandle postmaster =
                    recorded(data).orElseThrow(() -> new SiteFailure("PostgreSQL ended at once: " + log.reason()));
            closeToOthers(binaries);
            running = new Running(started, postmaster, LastWill.interrupting(postmaster.pid()));
        } catch (SQLException e) {
            started.close();
            throw new SiteFailure("PostgreSQL cannot be prepared for the application: " + e.getMessage(), e);
        } catch (IOException | SiteFailure e) {
            started.close();
            throw e;
        }
    }

    /** The folder of its data. */
    Path data() {
        return data;
    }

    /** JDBC address, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + Ports.text(address) + "/" + NAME;
    }

    public String user() {
        return NAME;
    }

    public String password() {
        return access.password();
    }

    /** The role that the schema belongs to. */
    public String owner() {
        return DatabaseAccess.OWNER;
    }

    public String ownerPassword() {
        return access.ownerPassword();
    }

    /** A connection that may do everything, for what tests and benchmarks do behind the application's back; the caller closes it. */
    public Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), "postgres", access.ownerPassword());
    }

    /** A connection as the application has it; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user(), password());
    }

    /** The server's main process. */
    public ProcessHandle process() {
        return running.postmaster();
    }

    /** The file PostgreSQL logs to. */
    public Path log() {
        return log.file();
    }

    /** Stops as PostgreSQL's "fast" mode does: sessions are ended, everything is written. One that has not started is none. */
    @Override
    public void close() throws IOException {
        Running stopped = running;
        if (stopped == null) {
            return;
        }
        stopped.server().close();
        if (!Signals.ended(stopped.postmaster(), STOP_WITHIN)) {
            stop(stopped.postmaster());
        }
        stopped.lastWill().close();
    }

    /** The same as {@link #close()}, said of a server that is to {@link #start()} again. */
    public void stop() throws IOException {
        close();
    }

    /**
     * SIGKILL: what a power cut does to it. Returns when its sessions have noticed and ended too, for as long as one of them
     * has the shared memory no other server may have the data.
     */
    public void kill() throws IOException {
        List<ProcessHandle> sessions = process().descendants().toList();
        Signals.send("KILL", process().pid());
        for (ProcessHandle session : sessions) {
            if (!Signals.ended(session, STOP_WITHIN)) {
                throw new SiteFailure("a session of PostgreSQL (process " + session.pid() + ") outlives it");
            }
        }
        close();
    }

    /** SIGSTOP to all its processes: it hangs, with all connections open, until {@link #resume()}. */
    public void suspend() {
        // First the one that starts the others.
        Signals.send("STOP", process().pid());
        process().descendants().forEach(session -> Signals.send("STOP", session.pid()));
    }

    /** SIGCONT. */
    public void resume() {
        process().descendants().forEach(session -> Signals.send("CONT", session.pid()));
        Signals.send("CONT", process().pid());
    }

    /** Waits for the library's start, but not for its whole patience once PostgreSQL has said that it gives up. */
    private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder, Log log) throws IOException {
        FutureTask<EmbeddedPostgres> starting = new FutureTask<>(builder::start);
        Thread thread = new Thread(starting, "postgresql-start");
        thread.start();
        try {
            while (true) {
                try {
                    return starting.get(100, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    if (log.says("pg_ctl: could not start server") || log.says("pg_ctl: error: ")) {
                        thread.interrupt();
                        starting.get().close();
                        throw new SiteFailure("PostgreSQL did not start: " + log.reason());
                    }
                }
            }
        } catch (ExecutionException e) {
            String reason = log.isEmpty() ? e.getCause().getMessage() : log.reason();
            throw new SiteFailure("PostgreSQL did not start: " + reason, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SiteFailure("stopped while PostgreSQL was starting", e);
        }
    }

    private static void requireOurVersion(Path data) throws IOException {
        Path file = data.resolve("PG_VERSION");
        if (Files.exists(file)) {
            String version = Files.readString(file).trim();
            if (!version.equals(MAJOR_VERSION)) {
                throw new SiteFailure(
                        "the data in %s is of PostgreSQL %s, expected %s: upgrade it with pg_upgrade, or move it away to start empty"
                                .formatted(data, version, MAJOR_VERSION));
            }
        }
    }

    /** Ends the PostgreSQL of an earlier run that was killed before it could stop it. */
    private static void stopLeftOver(Path data, Consumer<String> notes) throws IOException {
        Optional<ProcessHandle> leftOver = recorded(data);
        if (leftOver.isPresent()) {
            stop(leftOver.get());
            notes.accept(
                    "PostgreSQL of an earlier run (process %d) was still there; stopped it".formatted(leftOver.get().pid()));
        } else {
            // Of a dead process, whose id another one may have by now: PostgreSQL would believe that it runs already.
            Files.deleteIfExists(data.resolve(PID_FILE));
        }
    }

    private static void stop(ProcessHandle postmaster) {
        for (String signal : List.of("INT", "QUIT", "KILL")) {
            Signals.send(signal, postmaster.pid());
            if (Signals.ended(postmaster, STOP_WITHIN)) {
                return;
            }
        }
        throw new SiteFailure("PostgreSQL (process " + postmaster.pid() + ") does not stop; end it and try again");
    }

    /** The process of the data folder, when it runs: the file has its id, the folder and its start time, one a line. */
    private static Optional<ProcessHandle> recorded(Path data) throws IOException {
        Path file = data.resolve(PID_FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        try {
            return ProcessRecord.find(
                    Long.parseLong(lines.get(0).trim()), Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim())));
        } catch (NumberFormatException | IndexOutOfBoundsException cutOff) {
            return Optional.empty();
        }
    }

    /** The library lets everyone write where programs are that we run. */
    private static void closeToOthers(Path binaries) {
        binaries.toFile().setWritable(false, false);
        binaries.toFile().setWritable(true, true);
    }
}
