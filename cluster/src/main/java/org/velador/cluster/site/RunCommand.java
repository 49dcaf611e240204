package org.velador.cluster.site;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.velador.cluster.gateway.TargetStatus;
import org.velador.cluster.ward.Ward;

/**
 * {@code mvn -Prun}: a whole site in the foreground until Ctrl-C or SIGTERM. Runs in Maven's own JVM, whose end waits for
 * the shutdown hook: when the command returns, everything has stopped.
 */
public final class RunCommand {

    private static final String LOAD_KEY = "load-key";
    private static final long WARD_SEED = 12;
    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final PrintStream out;
    private final SiteSettings settings;
    private final boolean demo;
    private final Site site;
    private final long started = System.nanoTime();
    private volatile Ward ward;

    private RunCommand(SiteSettings settings, boolean demo, PrintStream out) {
        this.settings = settings;
        this.demo = demo;
        this.out = out;
        this.site = new Site(settings);
    }

    /**
     * Runs until the process is told to end.
     *
     * @param arguments the root of the checkout
     */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            SiteSettings settings =
                    SiteSettings.kept(Path.of(arguments[0]).toAbsolutePath().normalize(), System.getProperties());
            boolean demo = !"false".equals(System.getProperty("demo"));
            new RunCommand(settings, demo, System.out).run();
        } catch (SiteFailure e) {
            System.err.println("Velador: " + e.getMessage() + ".");
            System.exit(1);
        }
    }

    private void run() throws InterruptedException {
        Arrays.stream(Logger.getLogger("").getHandlers()).forEach(handler -> handler.setLevel(Level.WARNING));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        out.println("Velador starts; the first time takes a little longer.");
        try {
            site.start(this::progress);
        } catch (SiteFailure e) {
            if (site.isClosing()) {
                awaitEnd();
            }
            throw e;
        }
        if (demo) {
            ward = Ward.open(site.uri(), site.serviceKey("simulated-ward"), WARD_SEED, this::say);
        }
        leaveKeyForLoad();
        logToFile();
        welcome();
        watch();
    }

    /** For the load plans, which are run by hand while the site runs. */
    private void leaveKeyForLoad() {
        Path file = settings.home().resolve(LOAD_KEY);
        try {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, site.serviceKey("load-plans"));
        } catch (IOException e) {
            throw new SiteFailure("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private void progress(String step) {
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", seconds(), step);
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private void welcome() {
        String instances = settings.instances().stream().map(Ports::text).collect(Collectors.joining(", "));
        out.printf(
                Locale.ROOT,
                """

                Velador is ready, %.1f s after it was built.
                  Console            %s
                  API documentation  %s
                  Health             %s
                  Load balancer      %s, its Admin API %s
                  Rate limit         %s
                  Instances          %s
                  Database           %s (user %s, password in %s)
                  Logs               %s
                %s%sCtrl-C stops it.

                """,
                seconds(),
                site.uri(),
                site.uri().resolve("api/docs"),
                site.uri().resolve("health/"),
                site.gateway().name(),
                site.gateway().admin(),
                settings.rateLimit() ? "as in kong.yml, for each client address (-Drate-limit=false lifts it)" : "lifted",
                instances,
                site.database().jdbcUrl(),
                site.database().user(),
                settings.home().resolve(DatabaseAccess.FILE),
                settings.home().resolve("logs"),
                site.firstAdminPassword().map(password -> "Sign in as admin with the password %s, which is shown this once and has to be changed.%n"
                        .formatted(password)).orElse(""),
                demo ? "Twelve simulated beds post their vital signs (-Ddemo=false: none). " : "");
    }

    /** Says what a person running the site should know; what failed stays failed, the rest goes on. */
    private void watch() throws InterruptedException {
        for (InstanceProcess instance : site.instances()) {
            instance.onExit().thenRun(() -> say(instance.end() + "; the others go on. Its log: " + instance.log()));
        }
        site.database().process().onExit().thenRun(() -> say(
                "PostgreSQL ended; no request can be served until the site is started again. Its log: "
                        + site.database().log()));
        site.gateway().ended().thenAccept(this::say);
        Map<InetSocketAddress, Boolean> known = new HashMap<>();
        while (true) {
            for (TargetStatus target : targets()) {
                Boolean before = known.put(target.address(), target.healthy());
                if (before != null && before != target.healthy()) {
                    String address = Ports.text(target.address());
                    say(target.healthy() ? address + " is back" : address + " is out: " + target.reason());
                }
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private List<TargetStatus> targets() {
        try {
            return site.gateway().targets();
        } catch (UncheckedIOException gone) {
            return List.of(); // it has said so itself
        }
    }

    private void say(String what) {
        if (!site.isClosing()) {
            progress(what);
        }
    }

    private void stop() {
        out.println("Velador stops.");
        Ward open = ward;
        if (open != null) {
            open.close();
        }
        site.close();
        out.println("Velador has stopped.");
    }

    /** The shutdown is under way; its end is the end of this thread too. */
    private static void awaitEnd() throws InterruptedException {
        Thread.currentThread().join();
    }

    /** What the gateway and the ward log goes beside the logs of the others; the terminal has its own lines. */
    private void logToFile() {
        Logger root = Logger.getLogger("");
        try {
            FileHandler file =
                    new FileHandler(settings.home().resolve("logs/site.log").toString(), 10 << 20, 1, true);
            file.setFormatter(new SimpleFormatter());
            for (Handler handler : root.getHandlers()) {
                root.removeHandler(handler);
            }
            root.addHandler(file);
        } catch (IOException e) {
            say("no log of the gateway: " + e.getMessage());
        }
    }
}
