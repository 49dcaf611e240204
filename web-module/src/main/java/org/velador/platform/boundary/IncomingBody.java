package org.velador.platform.boundary;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request whose body is read before it is worked on, as it arrives and without a thread that waits for it: a client that sends
 * slowly costs its bytes and no more.
 */
final class IncomingBody extends HttpServletRequestWrapper implements ReadListener {

    private static final int CHUNK = 16 * 1024;

    private ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final int most;
    private final AtomicLong counter;
    private final Runnable more;
    private final Runnable whole;
    private final Runnable broken;
    private ServletInputStream source;
    private ServletInputStream stream;
    private boolean forgotten;

    /**
     * @param most    bytes that are kept; of a larger body one more, so that whoever reads it sees that it is too large
     * @param counter counts the bytes that are kept, until they are forgotten
     * @param more    run after each part that came
     * @param whole   run when the body is here
     * @param broken  run when it will never be
     */
    IncomingBody(HttpServletRequest request, int most, AtomicLong counter, Runnable more, Runnable whole, Runnable broken) {
        super(request);
        this.most = most;
        this.counter = counter;
        this.more = more;
        this.whole = whole;
        this.broken = broken;
    }

    /** Whether there is a body of which a part is still on its way. */
    static boolean isIncomplete(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length <= 0) {
            return request.getHeader("Transfer-Encoding") != null;
        }
        return request.getInputStream().available() < length;
    }

    /** To be called when the request is asynchronous already. */
    void read() throws IOException {
        source = getRequest().getInputStream();
        source.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (source.isReady() && !source.isFinished()) {
            int n = source.read(chunk);
            if (n < 0 || !keep(chunk, n)) {
                return;
            }
            more.run();
        }
    }

    private synchronized boolean keep(byte[] chunk, int length) {
        if (!forgotten) {
            int kept = Math.min(length, most + 1 - received.size());
            received.write(chunk, 0, kept);
            counter.addAndGet(kept);
        }
        return !forgotten;
    }

    /** The body is of no use any more; what still comes is not kept. */
    synchronized void forget() {
        if (!forgotten) {
            forgotten = true;
            counter.addAndGet(-received.size());
            received = new ByteArrayOutputStream(0);
        }
    }

    @Override
    public void onAllDataRead() {
        whole.run();
    }

    @Override
    public void onError(Throwable e) {
        broken.run();
    }

    /** The same stream each time: Jersey asks for it again before each read. */
    @Override
    public synchronized ServletInputStream getInputStream() {
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
