package org.velador.cluster.faults;

import java.util.Locale;
import org.velador.cluster.replay.Sample;

/**
 * One request as its client saw it.
 *
 * @param client name of the writer or reader
 * @param sample what a writer posted; null for a reader
 * @param begun by {@link System#nanoTime()}
 * @param ended the same
 * @param detail what came back, where it was not what was asked for
 */
public record Call(String client, Sample sample, long begun, long ended, Outcome outcome, String detail) {

    boolean isPost() {
        return sample != null;
    }

    boolean failed() {
        return outcome != Outcome.DONE;
    }

    double seconds() {
        return (ended - begun) / 1e9;
    }

    /** @param from the moment that counts as 0 */
    String text(long from) {
        return String.format(
                Locale.ROOT, "%+.3f s to %+.3f s: %s %s %s %s",
                (begun - from) / 1e9, (ended - from) / 1e9, client, isPost() ? "POST" : "GET", outcome, detail);
    }
}
