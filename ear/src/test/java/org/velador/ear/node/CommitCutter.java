package org.velador.ear.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between the node and PostgreSQL, and breaks a connection at its commit when it is told to. */
final class CommitCutter implements AutoCloseable {

    /** What becomes of the next commit. */
    enum Cut {
        /** PostgreSQL never hears of it. */
        BEFORE,
        /** PostgreSQL commits, and nobody hears of it. */
        AFTER
    }

    private static final Pattern PREPARED_COMMIT = Pattern.compile("(S_[0-9]+)\0COMMIT\0");

    private final ServerSocket entrance;
    private final int databasePort;
    private final AtomicReference<Cut> next = new AtomicReference<>();

    CommitCutter(int databasePort) throws IOException {
        this.databasePort = databasePort;
        entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        daemon(this::accept);
    }

    int port() {
        return entrance.getLocalPort();
    }

    void cutNextCommit(Cut cut) {
        next.set(cut);
    }

    boolean hasCut() {
        return next.get() == null;
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void accept() throws IOException {
        while (true) {
            Socket node = entrance.accept();
            Socket database = new Socket("127.0.0.1", databasePort);
            node.setTcpNoDelay(true);
            database.setTcpNoDelay(true);
            AtomicReference<Cut> cut = new AtomicReference<>();
            daemon(() -> requests(node, database, cut));
            daemon(() -> answers(database, node, cut));
        }
    }

    private void requests(Socket node, Socket database, AtomicReference<Cut> cut) throws IOException {
        try (node; database) {
            InputStream in = node.getInputStream();
            OutputStream out = database.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            String commit = "COMMIT\0";
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                String sent = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
                Matcher prepared = PREPARED_COMMIT.matcher(sent);
                boolean commits = sent.contains(commit);
                if (prepared.find()) {
                    // From now on the driver says its name only.
                    commit = "\0" + prepared.group(1) + "\0";
                }
                if (commits) {
                    cut.set(next.getAndSet(null));
                    if (cut.get() == Cut.BEFORE) {
                        return;
                    }
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private static void answers(Socket database, Socket node, AtomicReference<Cut> cut) throws IOException {
        try (database; node) {
            InputStream in = database.getInputStream();
            OutputStream out = node.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (cut.get() == Cut.AFTER) {
                    return;
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                // One side has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
