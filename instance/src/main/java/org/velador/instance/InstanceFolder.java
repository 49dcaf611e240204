package org.velador.instance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The folder in which the server keeps its configuration and the unpacked application. It is made anew for each start: a folder
 * that was used remembers its deployment, and the next boot fails on it. The 100 MB of server modules are not copied but shared.
 */
final class InstanceFolder {

    private static final Set<String> SHARED = Set.of("runtime", "MICRO-INF", "launch-micro.jar", ".env");

    private InstanceFolder() {
    }

    /**
     * Makes the folder for a node whose home this is, and keeps the home locked until the process ends.
     *
     * @param home  folder of one node
     * @param micro unpacked Payara Micro
     * @throws StartException when the home cannot be written or another process uses it
     */
    static Path makeAnew(Path home, Path micro) {
        try {
            Files.createDirectories(home);
            lock(home);
            Path folder = home.resolve("payara");
            delete(folder);
            copy(micro, folder);
            return folder;
        } catch (IOException e) {
            throw new StartException("VELADOR_HOME: %s cannot be used: %s".formatted(home, e), e);
        }
    }

    private static void lock(Path home) throws IOException {
        FileChannel channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return; // Left open on purpose: the lock goes when the process goes.
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // Same answer as for another process.
        }
        channel.close();
        throw new StartException("VELADOR_HOME: %s is in use by another instance (expected: a folder of this node alone)".formatted(home));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void copy(Path micro, Path folder) throws IOException {
        Files.walkFileTree(micro, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                if (isShared(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(folder.resolve(micro.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isShared(file)) {
                    Files.copy(file, folder.resolve(micro.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            private boolean isShared(Path path) {
                return micro.equals(path.getParent()) && SHARED.contains(path.getFileName().toString());
            }
        });
    }
}
