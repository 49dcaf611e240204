package org.velador.platform.boundary;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.velador.platform.control.Problem;

/**
 * Before everything but health checks: so many requests are worked on at a time and so many wait for a moment; what is more is
 * refused at once. A request takes a place when its body is here, and gives it back when its answer is whole, before that is sent:
 * no client holds a place by being slow.
 */
public class Admission extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

    /** The network takes so much for a client that reads nothing. */
    private static final int SENT_AT_ONCE = 16 * 1024;

    /** Threads that may wait for clients to read a larger answer; the server gives each up after 5 s in which nothing was read. */
    private static final int SENDERS = 16;

    private transient Turnstile turnstile;
    private transient SlowBodies bodies;
    private final transient Semaphore senders = new Semaphore(SENDERS);

    @Override
    public void init(FilterConfig config) {
        turnstile = new Turnstile(Integer.getInteger("velador.requests", 8), Integer.getInteger("velador.queue", 64), LONGEST_WAIT);
        bodies = new SlowBodies();
    }

    @Override
    public void destroy() {
        bodies.close();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (request.getServletPath().startsWith("/health")) {
            chain.doFilter(request, response);
        } else if (request.getDispatcherType() == DispatcherType.REQUEST) {
            // What cannot become asynchronous is files and documents of the server, which read no body.
            if (request.isAsyncSupported() && IncomingBody.isIncomplete(request)) {
                bodies.receive(request, response);
            } else {
                work(request, response, chain);
            }
        } else {
            Optional<SlowBodies.Received> received = bodies.received(request);
            if (received.isPresent()) {
                // The server begins no request scope for this dispatch, in which resources live.
                RequestContextController scope = CDI.current().select(RequestContextController.class).get();
                scope.activate();
                try (SlowBodies.Received body = received.get()) {
                    work(request, response, chain);
                } finally {
                    scope.deactivate();
                }
            } else {
                chain.doFilter(request, response);
            }
        }
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
