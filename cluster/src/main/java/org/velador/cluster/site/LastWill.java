package org.velador.cluster.site;

import java.io.IOException;

/**
 * Ends another process when this one is gone, however it went: a shell that waits for the end of the pipe it shares with
 * this process, which the system closes even after SIGKILL.
 */
final class LastWill implements AutoCloseable {

    private final Process shell;

    private LastWill(Process shell) {
        this.shell = shell;
    }

    /** Sends SIGINT to the process when this one has ended. */
    static LastWill interrupting(long pid) throws IOException {
        // Ctrl-C reaches this shell too, and is not meant for it.
        return new LastWill(
                new ProcessBuilder("sh", "-c", "trap '' INT; read -r nothing; kill -INT " + pid)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /** Nothing is to be done any more. */
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
