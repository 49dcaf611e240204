package org.velador.cluster.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.velador.cluster.site.InstanceProcess;

/** The greatest resident set size of each instance while it is open, looked at every second. */
final class Memory implements AutoCloseable {

    private final List<InstanceProcess> instances;
    private final long[] greatest;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "memory");
                thread.setDaemon(true);
                return thread;
            });

    Memory(List<InstanceProcess> instances) {
        this.instances = instances;
        this.greatest = new long[instances.size()];
        clock.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private synchronized void look() {
        for (int i = 0; i < greatest.length; i++) {
            greatest[i] = Math.max(greatest[i], kilobytes(instances.get(i).pid()));
        }
    }

    /** In MB, in the order of the instances. */
    synchronized List<Long> greatest() {
        return java.util.Arrays.stream(greatest).mapToObj(kilobytes -> kilobytes >> 10).toList();
    }

    private static long kilobytes(long pid) {
        Path status = Path.of("/proc/" + pid + "/status");
        try {
            if (Files.exists(status)) {
                return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0);
            }
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
            return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
