package org.velador.cluster.site;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.file.PathUtils;

/**
 * Data of a PostgreSQL that has never been used, which the build leaves beside the binaries: a first start copies them, in half the
 * processor time that initdb takes. Roles and database are there; their passwords are given at the first start as ever.
 */
final class EmptyCluster {

    private final Path kept;

    /** @param binaries where PostgreSQL is unpacked to */
    EmptyCluster(Path binaries) {
        this.kept = binaries.resolve("empty-cluster");
    }

    /** What was kept may be of another version. */
    void discard() throws IOException {
        FileUtils.deleteDirectory(kept.toFile());
    }

    /** Takes over the data of a server that has stopped; nothing is kept yet. */
    void keep(Path data) throws IOException {
        Files.move(data, kept, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Copies what is kept to a folder that is not there yet, or empty; does nothing where it is not, or where nothing is kept. */
    void copyTo(Path data) throws IOException {
        boolean first = !Files.exists(data) || Files.isDirectory(data) && PathUtils.isEmptyDirectory(data);
        if (!first || !Files.exists(kept.resolve("PG_VERSION"))) {
            return;
        }
        Path copy = data.resolveSibling(data.getFileName() + ".new");
        FileUtils.deleteDirectory(copy.toFile());
        try (Stream<Path> paths = Files.walk(kept)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = copy.resolve(kept.relativize(path).toString());
                // With its permissions: PostgreSQL takes no folder that others may read.
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                writeThrough(target);
            }
        }
        Files.deleteIfExists(data);
        Files.move(copy, data, StandardCopyOption.ATOMIC_MOVE);
        writeThrough(data.getParent());
    }

    /** PostgreSQL takes for granted that all it has not written itself survives a power cut, as initdb sees to. */
    private static void writeThrough(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
