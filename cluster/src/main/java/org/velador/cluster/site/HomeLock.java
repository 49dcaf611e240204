package org.velador.cluster.site;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One site for one data folder. The system lets go of the lock when its process dies, however it dies. */
final class HomeLock implements AutoCloseable {

    /** A process's second lock on a file succeeds, and closing it would end the first (fcntl(2)). */
    private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path home;
    private final FileChannel channel;

    private HomeLock(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    static HomeLock take(Path home) throws IOException {
        Path real = Files.createDirectories(home).toRealPath();
        if (!OF_THIS_PROCESS.add(real)) {
            throw new SiteFailure(inUse(home, Long.toString(ProcessHandle.current().pid())));
        }
        Path file = real.resolve("lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new SiteFailure(inUse(home, Files.readString(file).trim()));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new HomeLock(real, channel);
        } catch (IOException | SiteFailure e) {
            OF_THIS_PROCESS.remove(real);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    private static String inUse(Path home, String pid) {
        return home + " is in use by process " + pid + ": a site runs there already";
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OF_THIS_PROCESS.remove(home);
    }
}
