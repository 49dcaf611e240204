package org.velador.platform.boundary;

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

/**
 * Keeps an answer until it is whole, so that whoever makes it holds neither a place nor a connection to the database while the
 * client reads it. What is a stream by its nature (CSV, events), or larger than 4 MiB, goes straight on.
 */
final class OutgoingAnswer extends HttpServletResponseWrapper {

    private static final int MOST_KEPT = 4 * 1024 * 1024;

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

    /** Sends what was kept, in this thread. */
    void send() throws IOException {
        if (kept.size() > 0) {
            setContentLength(kept.size());
            kept.writeTo(super.getOutputStream());
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
