package org.velador.platform.boundary;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps an answer until it is whole, so that whoever makes it does not wait for the client to read it. What is a stream by its
 * nature (CSV, events), or larger than 4 MiB, goes straight on.
 */
final class OutgoingAnswer extends HttpServletResponseWrapper {

    private static final int MOST_KEPT = 4 * 1024 * 1024;
    private static final int CHUNK = 8 * 1024;

    private final HttpServletRequest request;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private ServletOutputStream tap;
    private PrintWriter writer;
    private Boolean straight;

    OutgoingAnswer(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (tap == null) {
            tap = new Tap();
        }
        return tap;
    }

    @Override
    public PrintWriter getWriter() {
        if (writer == null) {
            // Everything here is in UTF-8.
            writer = new PrintWriter(new OutputStreamWriter(getOutputStream(), StandardCharsets.UTF_8));
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (goesStraight()) {
            super.flushBuffer();
        }
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        kept.reset();
    }

    @Override
    public void reset() {
        super.reset();
        kept.reset();
    }

    @Override
    public void sendError(int status) throws IOException {
        kept.reset();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        kept.reset();
        super.sendError(status, message);
    }

    /** Bytes that wait here. */
    int size() {
        if (writer != null) {
            writer.flush();
        }
        return kept.size();
    }

    /** Sends what was kept, in this thread. Only what the network takes without the client's help is small enough for that. */
    void sendNow() throws IOException {
        if (kept.size() > 0) {
            setContentLength(kept.size());
            kept.writeTo(super.getOutputStream());
        }
    }

    /** Sends what was kept as the client reads it, without a thread that waits for that; what is not read in time is given up. */
    void sendAsRead(ScheduledExecutorService clock, Duration patience, Runnable end) throws IOException {
        setContentLength(kept.size());
        AsyncContext async = request.startAsync(request, getResponse());
        async.setTimeout(0);
        new Delivery(kept.toByteArray(), super.getOutputStream(), async, end).begin(clock, patience);
        kept.reset();
    }

    private static final class Delivery implements WriteListener {

        private final byte[] bytes;
        private final ServletOutputStream out;
        private final AsyncContext async;
        private final Runnable end;
        private final AtomicBoolean ended = new AtomicBoolean();
        private ScheduledFuture<?> deadline;
        private int sent;

        Delivery(byte[] bytes, ServletOutputStream out, AsyncContext async, Runnable end) {
            this.bytes = bytes;
            this.out = out;
            this.async = async;
            this.end = end;
        }

        void begin(ScheduledExecutorService clock, Duration patience) {
            deadline = clock.schedule(this::end, patience.toMillis(), TimeUnit.MILLISECONDS);
            out.setWriteListener(this);
        }

        @Override
        public void onWritePossible() throws IOException {
            while (!ended.get() && out.isReady()) {
                if (sent == bytes.length) {
                    end();
                    return;
                }
                int n = Math.min(CHUNK, bytes.length - sent);
                out.write(bytes, sent, n);
                sent += n;
            }
        }

        @Override
        public void onError(Throwable gone) {
            end();
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                deadline.cancel(false);
                end.run();
                async.complete();
            }
        }
    }

    private boolean goesStraight() {
        if (straight == null) {
            String type = getContentType();
            straight = type != null && (type.startsWith("text/csv") || type.startsWith("text/event-stream")) || request.isAsyncStarted();
        }
        return straight;
    }

    private final class Tap extends ServletOutputStream {

        private ServletOutputStream real() throws IOException {
            return OutgoingAnswer.super.getResponse().getOutputStream();
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (goesStraight()) {
                real().write(bytes, from, length);
                return;
            }
            kept.write(bytes, from, length);
            if (kept.size() > MOST_KEPT) {
                straight = true;
                kept.writeTo(real());
                kept.reset();
            }
        }

        @Override
        public void flush() throws IOException {
            if (goesStraight()) {
                real().flush();
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new IllegalStateException("Nothing here writes so");
        }
    }
}
