package org.velador.platform.boundary;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A request whose body is read before it is worked on, and empty until then; to be closed when it is answered. */
final class IncomingBody extends HttpServletRequestWrapper implements AutoCloseable {

    /** No body is larger than ten thousand measurements need. */
    static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(IncomingBody.class.getName());
    private static final int CHUNK = 16 * 1024;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicLong kept;
    private ServletInputStream stream;

    /** What becomes of the body. */
    enum Arrival {
        WHOLE, TOO_LARGE, TOO_SLOW, NO_ROOM
    }

    /** @param kept counts the bytes of all bodies that are kept */
    IncomingBody(HttpServletRequest request, AtomicLong kept) {
        super(request);
        this.kept = kept;
    }

    /** Whether there is a body of which a part is still on its way. */
    static boolean isAwaited(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        return length <= 0 ? isAnnounced(request) : request.getInputStream().available() < length;
    }

    /** Whether there is a body, as HTTP has it. */
    static boolean isAnnounced(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /**
     * Reads the body in this thread. The server ends a read when nothing comes for 2 s.
     *
     * @param patience how long all of it may take
     * @param mostKept bytes that all bodies may hold together
     */
    Arrival read(Duration patience, long mostKept) {
        long end = System.nanoTime() + patience.toNanos();
        byte[] chunk = new byte[CHUNK];
        try {
            ServletInputStream source = getRequest().getInputStream();
            while (received.size() <= MOST_BYTES) {
                int n = source.read(chunk, 0, Math.min(CHUNK, MOST_BYTES + 1 - received.size()));
                if (n < 0) {
                    return Arrival.WHOLE;
                }
                received.write(chunk, 0, n);
                if (kept.addAndGet(n) > mostKept) {
                    return Arrival.NO_ROOM;
                }
                if (System.nanoTime() > end) {
                    return Arrival.TOO_SLOW;
                }
            }
            return Arrival.TOO_LARGE;
        } catch (IOException nothingCame) {
            LOG.log(Level.FINE, "A body did not arrive", nothingCame);
            return Arrival.TOO_SLOW;
        }
    }

    @Override
    public void close() {
        kept.addAndGet(-received.size());
    }

    /** The same stream each time: Jersey asks for it again before each read. */
    @Override
    public ServletInputStream getInputStream() {
        if (stream == null) {
            stream = stream(new ByteArrayInputStream(received.toByteArray()));
        }
        return stream;
    }

    private static ServletInputStream stream(ByteArrayInputStream bytes) {
        return new ServletInputStream() {

            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                return bytes.read(buffer, from, length);
            }

            @Override
            public int available() {
                return bytes.available();
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new IllegalStateException("The body is here already");
            }
        };
    }
}
