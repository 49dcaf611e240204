package org.velador.cluster.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An instance that misbehaves on the level of bytes: a script gets each connection and does with it what it likes. */
final class RawInstance implements AutoCloseable {

    /** What happens on one connection; it is closed afterwards. */
    interface Script {
        void run(Connection connection) throws Exception;
    }

    final List<Connection> connections = new CopyOnWriteArrayList<>();

    private final ServerSocket server;

    RawInstance(Script script) throws IOException {
        this(0, script);
    }

    RawInstance(int receiveBuffer, Script script) throws IOException {
        server = new ServerSocket();
        if (receiveBuffer > 0) {
            server.setReceiveBufferSize(receiveBuffer);
        }
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        daemon(() -> {
            while (true) {
                Connection connection = new Connection(server.accept());
                connections.add(connection);
                daemon(() -> {
                    try (connection.socket) {
                        script.run(connection);
                    }
                });
            }
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Connection connection : connections) {
            connection.socket.close();
        }
    }

    private interface Task {
        void run() throws Exception;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                // The other side closed, or the test ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection from the gateway. */
    static final class Connection {

        final Socket socket;
        final List<String> heads = new CopyOnWriteArrayList<>();
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            in = socket.getInputStream();
        }

        /** The next request's head, in lower case, lines ended by \n. */
        String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\n\n")) {
                int read = in.read();
                if (read < 0) {
                    throw new EOFException();
                }
                if (read != '\r') {
                    head.append((char) read);
                }
            }
            heads.add(head.toString());
            return head.toString().toLowerCase(Locale.ROOT);
        }

        /** The next request, its body of known length read and dropped. */
        String request() throws IOException {
            String head = head();
            int at = head.indexOf("\ncontent-length: ");
            if (at >= 0) {
                in.readNBytes(Integer.parseInt(head.substring(at + 17, head.indexOf('\n', at + 17))));
            }
            return head;
        }

        int read() throws IOException {
            return in.read();
        }

        void write(String text) throws IOException {
            socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        void hang() throws InterruptedException {
            Thread.sleep(60_000);
        }
    }
}
