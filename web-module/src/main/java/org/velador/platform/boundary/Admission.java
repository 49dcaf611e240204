package org.velador.platform.boundary;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.platform.control.Problem;

/**
 * Before everything but health checks: so many requests are worked on at a time and so many wait for a moment; what is more is
 * refused at once. A request is worked on when its body is here, and its answer is sent when it is whole: a thread and a place
 * are never held by a client that is slow.
 */
public class Admission extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(Admission.class.getName());
    private static final String GUEST = Admission.class.getName();

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_BODY = Duration.ofSeconds(10);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);

    /** The network takes so much for a client that reads nothing. */
    private static final int SENT_AT_ONCE = 16 * 1024;

    /** Threads that may wait for clients to read what can be sent in no other way: large files. */
    private static final int SENDERS = 4;

    private transient ScheduledThreadPoolExecutor clock;
    private transient Turnstile turnstile;

    private final transient Semaphore senders = new Semaphore(SENDERS);

    /** Bytes of bodies and answers that clients are slow about; more than a quarter of the heap is not kept for them. */
    private final AtomicLong kept = new AtomicLong();
    private final long mostKept = Runtime.getRuntime().maxMemory() / 4;

    /** Requests that have come and are not answered yet, in whatever state. The node's stop waits for them by this name. */
    private final AtomicInteger present = new AtomicInteger();

    @Override
    public void init(FilterConfig config) {
        clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "velador-admission");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        System.getProperties().put("velador.requests.present", present);
        turnstile = new Turnstile(Integer.getInteger("velador.requests", 16), Integer.getInteger("velador.queue", 64), LONGEST_WAIT, clock);
    }

    @Override
    public void destroy() {
        clock.shutdownNow();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        if (request.getServletPath().startsWith("/health")) {
            chain.doFilter(request, response);
        } else if (request.getDispatcherType() == DispatcherType.REQUEST) {
            new Guest(request, response).arrive(chain);
        } else if (request.getAttribute(GUEST) instanceof Guest guest && guest.isCalled()) {
            // The server begins no request scope for this dispatch, in which resources live.
            RequestContextController scope = CDI.current().select(RequestContextController.class).get();
            scope.activate();
            try {
                guest.work(request, response, chain);
            } finally {
                scope.deactivate();
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Problem tooSlow() {
        return new Problem(408, "request-timeout", "Request Timeout", "The body did not arrive within %d seconds.".formatted(LONGEST_BODY.toSeconds()));
    }

    /** A request from its arrival to the last byte of its answer. */
    private final class Guest implements Turnstile.Visitor {

        private final HttpServletResponse response;
        private final AtomicBoolean received = new AtomicBoolean();
        private final AtomicBoolean left = new AtomicBoolean();
        private HttpServletRequest request;
        private IncomingBody body;
        private AsyncContext async;
        private ScheduledFuture<?> deadline;
        private volatile Turnstile.Place place;

        Guest(HttpServletRequest request, HttpServletResponse response) {
            this.request = request;
            this.response = response;
        }

        void arrive(FilterChain chain) throws IOException, ServletException {
            present.incrementAndGet();
            // What knows no asynchronous requests is files and documents of the server: they read no body, and need not wait.
            boolean canWait = request.isAsyncSupported();
            if (canWait && IncomingBody.isIncomplete(request)) {
                receive();
                return;
            }
            place = turnstile.tryEnter().orElse(null);
            if (place != null) {
                work(request, response, chain);
            } else if (canWait) {
                suspend();
                turnstile.enter(this);
            } else {
                ProblemResponse.send(Problem.overloaded(), response);
                leave();
            }
        }

        private void receive() throws IOException {
            body = new IncomingBody(request, BodyLimit.MAX_BYTES, kept, this::checkRoom, this::whole, this::leave);
            request = body;
            suspend();
            deadline = clock.schedule(() -> giveUpBody(tooSlow()), LONGEST_BODY.toMillis(), TimeUnit.MILLISECONDS);
            body.read();
        }

        private void suspend() {
            request.setAttribute(GUEST, this);
            async = request.startAsync(request, response);
            async.setTimeout(0);
            async.addListener(new Departure());
        }

        private void whole() {
            if (received.compareAndSet(false, true)) {
                deadline.cancel(false);
                turnstile.enter(this);
            }
        }

        private void checkRoom() {
            if (kept.get() > mostKept) {
                giveUpBody(Problem.overloaded());
            }
        }

        private void giveUpBody(Problem problem) {
            if (received.compareAndSet(false, true)) {
                // The rest of the body is not waited for, so the connection is of no use any more.
                response.setHeader("Connection", "close");
                answer(problem);
            }
        }

        @Override
        public void enter(Turnstile.Place given) {
            place = given;
            try {
                async.dispatch();
            } catch (IllegalStateException gone) {
                leave();
            }
        }

        /** Whether it is this dispatch that the place was given for. */
        boolean isCalled() {
            return place != null && !left.get();
        }

        @Override
        public void refuse() {
            answer(Problem.overloaded());
        }

        private void answer(Problem problem) {
            try {
                ProblemResponse.send(problem, response);
                async.complete();
            } catch (IOException | IllegalStateException gone) {
                LOG.log(Level.FINE, "Refused somebody who has gone", gone);
            } finally {
                leave();
            }
        }

        /** With what the server hands on now, which knows of the dispatch. */
        void work(HttpServletRequest now, HttpServletResponse answered, FilterChain chain) throws IOException, ServletException {
            boolean reading = false;
            try {
                OutgoingAnswer answer = new OutgoingAnswer(now, answered);
                try {
                    chain.doFilter(now, answer);
                } finally {
                    place.close();
                }
                reading = !sent(answer);
            } finally {
                if (!reading) {
                    leave();
                }
            }
        }

        private boolean sent(OutgoingAnswer answer) throws IOException {
            int size = answer.size();
            if (size <= SENT_AT_ONCE) {
                answer.sendNow();
                return true;
            }
            boolean canWait = request.isAsyncSupported();
            if (kept.addAndGet(size) > mostKept || !canWait && !senders.tryAcquire()) {
                kept.addAndGet(-size);
                answer.reset();
                ProblemResponse.send(Problem.overloaded(), response);
                return true;
            }
            if (!canWait) {
                try {
                    answer.sendNow();
                    return true;
                } finally {
                    kept.addAndGet(-size);
                    senders.release();
                }
            }
            answer.sendAsRead(clock, LONGEST_ANSWER, () -> {
                kept.addAndGet(-size);
                leave();
            });
            return false;
        }

        private void leave() {
            if (left.compareAndSet(false, true)) {
                present.decrementAndGet();
                if (deadline != null) {
                    deadline.cancel(false);
                }
                if (body != null) {
                    body.forget();
                }
                if (place != null) {
                    place.close();
                }
            }
        }

        /** However it ends: a place that is not given back is lost for good. */
        private final class Departure implements AsyncListener {

            @Override
            public void onComplete(AsyncEvent event) {
                leave();
            }

            @Override
            public void onError(AsyncEvent event) {
                leave();
            }

            @Override
            public void onTimeout(AsyncEvent event) {
                // There is none.
            }

            @Override
            public void onStartAsync(AsyncEvent event) {
                // Its answer is sent as it is read.
            }
        }
    }
}
