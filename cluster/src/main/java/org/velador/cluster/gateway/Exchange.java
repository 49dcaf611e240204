package org.velador.cluster.gateway;

import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import io.netty.channel.EventLoop;
import java.util.EnumSet;
import java.util.Set;

/**
 * One request of a client and the tries to have it answered. A try that could not send anything moves on to the next target
 * whatever the method; one that was sent is repeated only where that is harmless. Once the head of an answer has gone to
 * the client there is no way back.
 */
final class Exchange {

    /** Methods that may be repeated although a target may have acted on them already. */
    private static final Set<HttpMethod> REPEATABLE =
            EnumSet.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS,
                    HttpMethod.TRACE);
    /** Bodies up to this are read before a target is asked, so that a slow client keeps no instance waiting. */
    private static final long SMALL = 64 * 1024;
    /** Bodies up to this are kept at hand where the request may have to be repeated. */
    private static final long KEPT = 1024 * 1024;

    private final Setup setup;
    private final Setup.Way way;
    private final Backend backend;
    private final Stamp stamp;
    private final HttpRequest request;
    private final RequestHeaders headers;
    private final EventLoop loop;
    private final HttpResponseWriter answer = HttpResponse.streaming();
    private final long started = System.nanoTime();
    private HttpData content = HttpData.empty();
    private ClientBody body;
    private Attempt attempt;
    private int tries;
    private long bytesSent;
    private boolean refused;
    private Tally.Source source = Tally.Source.ERROR;
    private int status = Tally.CLIENT_LEFT;

    /** @param headers those to send to a target */
    Exchange(Setup setup, Setup.Way way, Stamp stamp, HttpRequest request, RequestHeaders headers, EventLoop loop) {
        this.setup = setup;
        this.way = way;
        this.backend = way.backend();
        this.stamp = stamp;
        this.request = request;
        this.headers = headers;
        this.loop = loop;
    }

    HttpResponse start() {
        setup.begin();
        answer.whenComplete().handle((done, cause) -> {
            if (cause != null && attempt != null) {
                attempt.abandon();
            }
            over();
            return null;
        });
        long length = headers.contentLength();
        if (request.isEmpty()) {
            attempt();
        } else if (length >= 0 && length <= (REPEATABLE.contains(headers.method()) ? KEPT : SMALL)) {
            request.aggregate(loop).thenAccept(whole -> {
                content = whole.content();
                attempt();
            });
        } else {
            body = new ClientBody(request, loop, setup.edge().maxBytes(), this::tooLarge);
            attempt();
        }
        return answer;
    }

    private void attempt() {
        Target target = backend.balancer().next();
        if (target == null) {
            refuse(Refusal.NO_PEER);
            return;
        }
        tries++;
        attempt = new Attempt(this, backend, target, loop);
        attempt.start();
    }

    /** The request for one try. */
    HttpRequest request(Silence silence) {
        return body == null ? HttpRequest.of(headers, content)
                : HttpRequest.of(headers, body.passage(silence, backend.service().writeTimeout()));
    }

    boolean atHand() {
        return body == null;
    }

    /** Counts what goes on to the client. */
    void sent(int bytes) {
        bytesSent += bytes;
    }

    HttpResponseWriter answer() {
        return answer;
    }

    /** The target has answered; returns the head of its answer for the client. */
    ResponseHeaders answered(Attempt by, ResponseHeaders head) {
        status = head.status().code();
        source = Tally.Source.SERVICE;
        long now = System.nanoTime();
        way.tally().gateway().add(by.started() - started);
        way.tally().upstream().add(now - by.started());
        backend.answered(by.target(), status);
        return stamp.onto(head.toBuilder()
                .add(HttpHeaderNames.VIA, "1.1 velador-gateway")
                .setLong("x-kong-proxy-latency", (by.started() - started) / 1_000_000)
                .setLong("x-kong-upstream-latency", (now - by.started()) / 1_000_000))
                .build();
    }

    /** A try ended before the head of an answer. */
    void failed(Attempt by, Throwable cause) {
        if (refused) {
            return;
        }
        if (!answer.isOpen() || request.whenComplete().isCompletedExceptionally()) {
            answer.abort(); // the client is gone, and the target is not to blame
            return;
        }
        Throwable root = Backend.unwrapped(cause);
        if (repeatable(cause) && tries <= backend.service().retries()) {
            backend.failed(by.target(), root);
            attempt();
            return;
        }
        Refusal refusal = Backend.late(root) ? Refusal.LATE : Refusal.INVALID;
        backend.answered(by.target(), refusal.status());
        refuse(refusal);
    }

    private boolean repeatable(Throwable cause) {
        if (cause instanceof UnprocessedRequestException) {
            return true; // nothing was sent
        }
        return REPEATABLE.contains(headers.method())
                && (body == null || body.untouched());
    }

    /** A body of unknown length has become longer than it may be; the target is not to blame. */
    private void tooLarge() {
        if (source == Tally.Source.SERVICE) {
            answer.abort();
            return;
        }
        refuse(Refusal.TOO_LARGE);
        attempt.abandon();
    }

    private void refuse(Refusal refusal) {
        refused = true;
        source = refusal.source();
        status = refusal.status();
        answer.tryWrite(refusal.headers(stamp));
        answer.tryWrite(refusal.body());
        bytesSent += refusal.body().length();
        answer.close();
    }

    private void over() {
        way.tally().answered(source, status);
        way.tally().passed(body == null ? content.length() : body.received(), bytesSent);
        way.tally().request().add(System.nanoTime() - started);
        setup.end();
    }
}
