package org.velador.platform.boundary;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.platform.control.Problem;

/**
 * Requests of which a part of the body is still on its way. Each is set aside without a thread, and comes to the filters as a
 * second dispatch when its body is here; one that takes too long is answered 408. Together they may hold a quarter of the heap.
 */
final class SlowBodies implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SlowBodies.class.getName());
    private static final String RECEIVED = SlowBodies.class.getName();

    private static final Duration LONGEST_BODY = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor clock;
    private final AtomicLong kept = new AtomicLong();
    private final long mostKept = Runtime.getRuntime().maxMemory() / 4;

    /** Requests that came in here and are not answered yet. The node's stop waits for them by this name. */
    private final AtomicInteger present = new AtomicInteger();

    SlowBodies() {
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "velador-slow-bodies");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        System.getProperties().put("velador.bodies.present", present);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Sets the request aside; whoever called has nothing more to do with it. */
    void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Received(request, response).begin();
    }

    /** What this dispatch is the second one of, if it is: only once, and to be closed when the answer is made. */
    Optional<Received> received(HttpServletRequest request) {
        Object received = request.getAttribute(RECEIVED);
        request.removeAttribute(RECEIVED);
        return Optional.ofNullable((Received) received);
    }

    /** A request from its arrival to its answer. */
    final class Received implements AutoCloseable {

        private final HttpServletResponse response;
        private final IncomingBody body;
        private final AtomicBoolean decided = new AtomicBoolean();
        private final AtomicBoolean left = new AtomicBoolean();
        private AsyncContext async;
        private ScheduledFuture<?> deadline;

        private Received(HttpServletRequest request, HttpServletResponse response) {
            this.response = response;
            this.body = new IncomingBody(request, BodyLimit.MAX_BYTES, kept, this::checkRoom, this::whole, this::broken);
        }

        private void begin() throws IOException {
            async = body.startAsync(body, response);
            async.setTimeout(0);
            async.addListener(new Departure());
            present.incrementAndGet();
            deadline = clock.schedule(() -> giveUp(tooSlow()), LONGEST_BODY.toMillis(), TimeUnit.MILLISECONDS);
            body.read();
        }

        private void whole() {
            if (decided.compareAndSet(false, true)) {
                body.setAttribute(RECEIVED, this);
                try {
                    async.dispatch();
                } catch (IllegalStateException gone) {
                    close();
                }
            }
        }

        private void broken() {
            if (decided.compareAndSet(false, true)) {
                complete();
            }
        }

        private void checkRoom() {
            if (kept.get() > mostKept) {
                giveUp(Problem.overloaded());
            }
        }

        private void giveUp(Problem problem) {
            if (decided.compareAndSet(false, true)) {
                // The rest of the body is not waited for, so the connection is of no use any more.
                response.setHeader("Connection", "close");
                try {
                    ProblemResponse.send(problem, response);
                } catch (IOException gone) {
                    LOG.log(Level.FINE, "Refused somebody who has gone", gone);
                } finally {
                    complete();
                }
            }
        }

        private void complete() {
            try {
                async.complete();
            } catch (IllegalStateException gone) {
                LOG.log(Level.FINE, "The server has ended it already", gone);
            } finally {
                close();
            }
        }

        /** The request has its answer, or nobody who waits for one. */
        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                present.decrementAndGet();
                deadline.cancel(false);
                body.forget();
            }
        }

        /** However it ends: what is kept and never forgotten would be missing for good. */
        private final class Departure implements AsyncListener {

            @Override
            public void onComplete(AsyncEvent event) {
                close();
            }

            @Override
            public void onError(AsyncEvent event) {
                close();
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                // There is none.
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                // It is a stream from here on.
            }
        }
    }

    private static Problem tooSlow() {
        return new Problem(408, "request-timeout", "Request Timeout", "The body did not arrive within %d seconds.".formatted(LONGEST_BODY.toSeconds()));
    }
}
