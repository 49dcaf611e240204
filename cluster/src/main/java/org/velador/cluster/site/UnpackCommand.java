package org.velador.cluster.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/**
 * Run by the build: rehearses a start of PostgreSQL, by which its binaries get unpacked, unless that has been done. The first start
 * of a site is the quicker for it.
 */
public final class UnpackCommand {

    private UnpackCommand() {}

    /**
     * Exits with status 1 and one sentence when PostgreSQL does not start here.
     *
     * @param arguments the root of the checkout, the version of the binaries
     */
    public static void main(String[] arguments) throws IOException {
        Path binaries = Parts.of(Path.of(arguments[0]).toAbsolutePath().normalize()).postgresql();
        Path done = binaries.resolve("unpacked-" + arguments[1]);
        if (Files.exists(done)) {
            return;
        }
        Path home = Files.createDirectories(binaries).resolve("rehearsal");
        FileUtils.deleteDirectory(home.toFile());
        try (PostgresServer server = PostgresServer.prepare(home, binaries, Ports.anyFree(Ports.loopback(1)), note -> {})) {
            server.start();
        } catch (SiteFailure e) {
            System.err.println("Velador: " + e.getMessage() + ".");
            System.exit(1);
        }
        FileUtils.deleteDirectory(home.toFile());
        Files.createFile(done);
    }
}
