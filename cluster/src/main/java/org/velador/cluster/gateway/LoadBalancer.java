package org.velador.cluster.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What stands before the instances of a site: Kong, or the stand-in for it. */
public interface LoadBalancer extends AutoCloseable {

    /** What it is, for people. */
    String name();

    /**
     * Listens, and begins to look after its targets.
     *
     * @throws IOException when it cannot; it is closed then
     */
    void open() throws IOException;

    /** Where it listens. */
    InetSocketAddress address();

    /** Base address of its Admin API, on loopback. */
    URI admin();

    /** What it thinks of each target at present, in their order. */
    List<TargetStatus> targets();

    /** Whether enough targets are healthy; if not, every request gets 503. */
    boolean available();

    /** Completed, with a sentence, when it ends by itself. */
    default CompletableFuture<String> ended() {
        return new CompletableFuture<>();
    }

    @Override
    void close();
}
