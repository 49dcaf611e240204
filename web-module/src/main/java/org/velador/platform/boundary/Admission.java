package org.velador.platform.boundary;

import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.velador.platform.control.Problem;

/**
 * Before everything but health checks: so many requests are worked on at a time and so many wait for a moment; what is more is
 * refused at once. A request takes a place when its body is here, and gives it back when its answer is whole, before that is sent:
 * no client holds a place by being slow.
 */
public class Admission extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Long enough for an instance that has just started and is slow; with the time limits of the database below 5 s together. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(1500);

    /** When there are more requests than can be seated: what is served is served soon, and the rest knows soon that it is not. */
    private static final Duration LONGEST_WAIT_IN_CROWD = Duration.ofMillis(10);

    /** The network takes so much for a client that reads nothing. */
    private static final int SENT_AT_ONCE = 16 * 1024;

    /** Threads that may wait for clients to read a larger answer; the server gives each up after 5 s in which nothing was read. */
    private static final int SENDERS = 16;

    /** Threads that may wait for bodies that are on their way; a load balancer that buffers requests needs few of them. */
    private static final int READERS = 256;
    private static final Duration LONGEST_BODY = Duration.ofSeconds(5);

    private transient Turnstile turnstile;
    private final transient Semaphore senders = new Semaphore(SENDERS);
    private final transient Semaphore readers = new Semaphore(READERS);

    /** Bytes of bodies that were waited for. */
    private final AtomicLong kept = new AtomicLong();
    private final long mostKept = Runtime.getRuntime().maxMemory() / 4;

    @Override
    public void init(FilterConfig config) {
        turnstile = new Turnstile(Integer.getInteger("velador.requests", 8), Integer.getInteger("velador.queue", 64), LONGEST_WAIT,
                LONGEST_WAIT_IN_CROWD);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (request.getServletPath().startsWith("/health")) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > IncomingBody.MOST_BYTES) {
            refuse(tooLarge(), response);
        } else if (IncomingBody.isAwaited(request)) {
            try (IncomingBody body = new IncomingBody(request, kept)) {
                switch (receive(body)) {
                    case WHOLE -> work(body, response, chain);
                    case TOO_LARGE -> refuse(tooLarge(), response);
                    case TOO_SLOW -> refuse(tooSlow(), response);
                    case NO_ROOM -> refuse(Problem.overloaded(), response);
                }
            }
        } else if (IncomingBody.isAnnounced(request)) {
            work(request, response, chain);
        } else {
            // Of a request with an Upgrade header the server would wait for a body all the same, and whoever reads it for 2 s in a place.
            work(new IncomingBody(request, kept), response, chain);
        }
    }

    private IncomingBody.Arrival receive(IncomingBody body) {
        if (!readers.tryAcquire()) {
            return IncomingBody.Arrival.NO_ROOM;
        }
        try {
            return body.read(LONGEST_BODY, mostKept);
        } finally {
            readers.release();
        }
    }

    /** The rest of the body is not waited for, so the connection is of no use any more. */
    private static void refuse(Problem problem, HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        ProblemResponse.send(problem, response);
    }

    private static Problem tooLarge() {
        return new Problem(413, "body-too-large", "Body too large", "The body is larger than 8 MiB: send it in parts.");
    }

    private static Problem tooSlow() {
        return new Problem(408, "request-timeout", "Request Timeout", "The body did not arrive in time (expected: all of it within %d seconds, no 2 of them without a byte).".formatted(LONGEST_BODY.toSeconds()));
    }

    private void work(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        Turnstile.Place place = enter();
        if (place == null) {
            ProblemResponse.send(Problem.overloaded(), response);
            return;
        }
        OutgoingAnswer answer = new OutgoingAnswer(request, response);
        try (place) {
            chain.doFilter(request, answer);
        }
        send(answer, response);
    }

    private Turnstile.Place enter() {
        try {
            return turnstile.enter().orElse(null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void send(OutgoingAnswer answer, HttpServletResponse response) throws IOException {
        if (answer.size() <= SENT_AT_ONCE) {
            answer.send();
        } else if (senders.tryAcquire()) {
            try {
                answer.send();
            } finally {
                senders.release();
            }
        } else {
            answer.reset();
            ProblemResponse.send(Problem.overloaded(), response);
        }
    }
}
