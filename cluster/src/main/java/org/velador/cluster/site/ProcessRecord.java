package org.velador.cluster.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process written down, so that a later run can tell whether it is still there: its id and when it started, because ids
 * are used again.
 */
final class ProcessRecord {

    /** Start times are told from the boot time, which moves a little when the clock is set. */
    private static final Duration SAME = Duration.ofSeconds(3);

    private ProcessRecord() {}

    static void write(Path file, ProcessHandle process) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, process.pid() + "\n" + started(process).getEpochSecond() + "\n");
    }

    /** The process of the record, when it still runs. */
    static Optional<ProcessHandle> find(Path file) {
        try {
            String[] lines = Files.readString(file).split("\n");
            return find(Long.parseLong(lines[0].trim()), Instant.ofEpochSecond(Long.parseLong(lines[1].trim())));
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException noRecord) {
            return Optional.empty();
        }
    }

    static Optional<ProcessHandle> find(long pid, Instant started) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Duration.between(started, started(process)).abs().compareTo(SAME) <= 0);
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
