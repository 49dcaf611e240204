package org.velador.ear.outside;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many clients with a connection each, on plain sockets, so that little of the machine goes to them. They post measurements, each
 * with a time of its own.
 */
final class Crowd {

    private static final Instant FIRST = Instant.parse("2026-02-20T00:00:00Z");

    private final URI site;
    private final List<String> places;
    private final AtomicLong measured = new AtomicLong();

    /** @param places beds that they measure at, one client at each: those of one bed would wait for each other */
    Crowd(URI site, List<String> places) {
        this.site = site;
        this.places = places;
    }

    /**
     * What came of it.
     *
     * @param served  how long each answer took that was no refusal, in ms, sorted
     * @param refused how many got 503 with Retry-After
     * @param strange what else there was
     */
    record Result(List<Double> served, int refused, List<String> strange, double seconds) {

        double perSecond() {
            return served.size() / seconds;
        }

        double percentile(double share) {
            return served.get(Math.min(served.size() - 1, (int) (served.size() * share)));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f/s served, p50 %.1f ms, p99 %.1f ms; %.0f/s refused %s", perSecond(), percentile(0.5), percentile(0.99), refused / seconds,
                    strange.isEmpty() ? "" : strange);
        }
    }

    /**
     * Sends for so long.
     *
     * @param perSecond requests that all of them try to send in a second; what cannot be sent for lack of time is left out
     */
    Result post(int clients, double perSecond, Duration time) throws InterruptedException {
        List<Double> served = Collections.synchronizedList(new ArrayList<>());
        List<String> strange = new ArrayList<>();
        ConcurrentHashMap<String, Integer> others = new ConcurrentHashMap<>();
        AtomicInteger refused = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        double interval = clients / perSecond * 1e9;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            long offset = (long) (interval * i / clients);
            boolean inTwo = i % 2 == 1;
            String place = places.get(i % places.size());
            Thread thread = new Thread(() -> {
                try (Line line = new Line()) {
                    for (double due = (double) begin + offset; due < end; due = Math.max(due + interval, System.nanoTime())) {
                        LockSupport.parkNanos((long) (due - System.nanoTime()));
                        long start = System.nanoTime();
                        int status = line.post(place, inTwo);
                        if (status == 201) {
                            served.add((System.nanoTime() - start) / 1e6);
                        } else if (status == 503) {
                            refused.incrementAndGet();
                        } else {
                            others.merge("status " + status, 1, Integer::sum);
                        }
                    }
                } catch (IOException e) {
                    others.merge(e.toString(), 1, Integer::sum);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        others.forEach((what, count) -> strange.add(count + " x " + what));
        List<Double> sorted = new ArrayList<>(served);
        Collections.sort(sorted);
        return new Result(sorted, refused.get(), strange, (System.nanoTime() - begin) / 1e9);
    }

    /** A connection that is opened anew when the server has said that it closes it, as it does with a 503. */
    private final class Line implements AutoCloseable {

        private Socket socket;
        private InputStream in;

        /** @param inTwo whether the body is sent after the headers, as many clients do, not with them */
        int post(String place, boolean inTwo) throws IOException {
            if (socket == null) {
                socket = new Socket(site.getHost(), site.getPort());
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(20_000);
                in = new BufferedInputStream(socket.getInputStream());
            }
            String body = Api.measurement("heart-rate", place, 80, FIRST.plusMillis(measured.getAndIncrement()).toString());
            String headers = "POST /api/measurements HTTP/1.1\r\nHost: x\r\n" + Api.credentialLines() + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
            OutputStream out = socket.getOutputStream();
            if (inTwo) {
                out.write(headers.getBytes(StandardCharsets.ISO_8859_1));
                out.write(body.getBytes(StandardCharsets.ISO_8859_1));
            } else {
                out.write((headers + body).getBytes(StandardCharsets.ISO_8859_1));
            }
            return answer();
        }

        /** The status; negative for a 503 that does not say when to come again. */
        private int answer() throws IOException {
            int status = Integer.parseInt(line(in).split(" ")[1]);
            int length = -1;
            boolean retryAfter = false;
            boolean closes = false;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String lower = header.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).strip());
                }
                retryAfter |= lower.startsWith("retry-after:");
                closes |= lower.startsWith("connection:") && lower.endsWith("close");
            }
            if (length < 0) {
                for (int chunk = Integer.parseInt(line(in), 16); chunk > 0; chunk = Integer.parseInt(line(in), 16)) {
                    in.skipNBytes(chunk);
                    line(in);
                }
                line(in);
            } else {
                in.skipNBytes(length);
            }
            if (closes) {
                close();
            }
            return status == 503 && !retryAfter ? -503 : status;
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }

    private static String line(InputStream in) throws IOException {
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
}
