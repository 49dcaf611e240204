package org.velador.ear.outside;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection that carries what is written, byte by byte: HttpClient mends much of it, and refuses to send the rest. */
final class Wire implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final Socket socket;
    private final InputStream in;

    Wire(URI site) throws IOException {
        socket = new Socket(site.getHost(), site.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends a whole request and reads the answer. Each char is a byte. */
    static Answer send(URI site, String request) throws IOException {
        try (Wire wire = new Wire(site)) {
            wire.write(request);
            return wire.answer(request.startsWith("HEAD "));
        }
    }

    void write(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Writes so many spaces as a body, or fewer when an answer comes meanwhile or the other side closes.
     *
     * @param chunked whether as chunks of a body whose length was not told
     * @return how many were taken
     */
    long pour(long bytes, boolean chunked) throws IOException {
        return pour(bytes, chunked, true);
    }

    /** The same in chunks by a client that does not listen. */
    long pourOn(long bytes) throws IOException {
        return pour(bytes, true, false);
    }

    private long pour(long bytes, boolean chunked, boolean listens) throws IOException {
        String spaces = " ".repeat(CHUNK);
        byte[] chunk = (chunked ? Integer.toHexString(CHUNK) + "\r\n" + spaces + "\r\n" : spaces).getBytes(StandardCharsets.ISO_8859_1);
        long taken = 0;
        try {
            while (taken < bytes && !(listens && in.available() > 0)) {
                socket.getOutputStream().write(chunk);
                taken += CHUNK;
            }
        } catch (SocketException closed) {
            // What was answered before that can be read.
        }
        return taken;
    }

    /** @param head whether a body is announced that does not follow */
    Answer answer(boolean head) throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.computeIfAbsent(header.substring(0, colon), name -> new ArrayList<>()).add(header.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status[1]);
        if (code == 100) {
            return answer(head);
        }
        byte[] body = head || code == 204 || code == 304 ? new byte[0] : body(headers);
        return new Answer(code, HttpHeaders.of(headers, (name, value) -> true), new String(body, StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("Content-Length")) {
            return in.readNBytes(Integer.parseInt(headers.get("Content-Length").get(0)));
        }
        if (!headers.getOrDefault("Transfer-Encoding", List.of("")).get(0).toLowerCase(Locale.ROOT).equals("chunked")) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int chunk = Integer.parseInt(line(), 16); chunk > 0; chunk = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(chunk));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
