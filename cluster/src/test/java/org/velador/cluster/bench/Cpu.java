package org.velador.cluster.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.velador.cluster.site.InstanceProcess;
import org.velador.cluster.site.Site;

/**
 * Processor time in seconds that the parts of a site have used. Unlike a rate it says who used it, and it hardly changes when the
 * machine has other things to do.
 *
 * @param here the process with the gateway and the clients
 */
record Cpu(double instances, double database, double here) {

    static Cpu of(Site site) {
        return new Cpu(
                seconds(site.instances().stream().map(InstanceProcess::pid).flatMap(pid -> ProcessHandle.of(pid).stream())),
                seconds(Stream.concat(Stream.of(site.database().process()), site.database().process().descendants())),
                seconds(Stream.of(ProcessHandle.current())));
    }

    private static double seconds(Stream<ProcessHandle> processes) {
        return processes.mapToDouble(process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9).sum();
    }

    /** What was used since; nothing where a process has ended meanwhile and taken its share with it. */
    Cpu since(Cpu before) {
        return new Cpu(Math.max(0, instances - before.instances), Math.max(0, database - before.database), here - before.here);
    }

    Cpu plus(Cpu other) {
        return new Cpu(instances + other.instances, database + other.database, here + other.here);
    }

    /** For each request. */
    String text(long requests) {
        double each = 1e3 / Math.max(1, requests);
        return String.format(Locale.ROOT, "%.2f + %.2f + %.2f ms", instances * each, database * each, here * each);
    }
}
