package org.velador.instance;

import fish.payara.micro.BootstrapException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How a node ends. Asked by a signal, it announces itself not ready, serves on until the load balancer has seen that, lets the
 * running requests finish and exits with 0. Asked twice, or before it serves, it ends at once.
 */
final class Shutdown {

    /** Read by the application's readiness check. */
    static final String DRAINING = "velador.draining";

    /** Longest wait for running requests; past it they are cut off, so that a stop always ends. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(50);

    private static final Logger SERVLETS = Logger.getLogger("jakarta.enterprise.web");

    private final Settings settings;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Server server;

    Shutdown(Settings settings) {
        this.settings = settings;
    }

    /** From here on signals are answered; without a server there is nothing to drain. */
    void listen() {
        Signals.handle("TERM", this::requested);
        if (settings.parent().isPresent()) {
            // Ctrl-C reaches the whole process group; the process above stops its children itself, in its own order.
            Signals.handle("INT", () -> { });
            endWithParent(settings.parent().getAsLong());
        } else {
            Signals.handle("INT", this::requested);
        }
    }

    void serving(Server booted) {
        server = booted;
    }

    private void requested() {
        Server running = server;
        if (requests.incrementAndGet() > 1 || running == null) {
            Runtime.getRuntime().halt(running == null ? 0 : 143);
        }
        Thread leaving = new Thread(() -> leave(running), "velador-shutdown");
        // The signal's own thread is a daemon: with that alone the JVM could end by itself as soon as the server has stopped.
        leaving.setDaemon(false);
        leaving.start();
    }

    private void leave(Server running) {
        System.setProperty(DRAINING, "true");
        say("drains for %d s".formatted(settings.drain().toSeconds()));
        sleep(settings.drain());
        Thread limit = new Thread(this::giveUp, "velador-patience");
        limit.setDaemon(true);
        limit.start();
        while (Server.runningRequests() > 0) {
            sleep(POLL);
        }
        stop(running);
    }

    private void stop(Server running) {
        // Payara closes its injection before the servlets that use it, and reports each of them with two stack traces.
        SERVLETS.setLevel(Level.OFF);
        int status = 0;
        try {
            running.stop();
            say("stopped");
        } catch (BootstrapException | IllegalStateException e) {
            say("did not stop in order: " + e.getMessage());
            status = 1;
        }
        // No shutdown hooks: they would stop the server a second time.
        Runtime.getRuntime().halt(status);
    }

    private void giveUp() {
        sleep(PATIENCE);
        say("cuts off what still runs after %d s".formatted(PATIENCE.toSeconds()));
        Runtime.getRuntime().halt(1);
    }

    private void endWithParent(long pid) {
        boolean present = ProcessHandle.current().parent().filter(parent -> parent.pid() == pid).isPresent();
        if (!present) {
            endOrphaned();
        }
        ProcessHandle.of(pid).ifPresentOrElse(parent -> parent.onExit().thenRun(this::endOrphaned), this::endOrphaned);
    }

    private void endOrphaned() {
        say("ends: the process that started it is gone");
        Runtime.getRuntime().halt(1);
    }

    private void say(String what) {
        System.out.println("velador " + settings.name() + " " + what);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
