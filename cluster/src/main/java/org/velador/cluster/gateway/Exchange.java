package org.velador.cluster.gateway;

import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
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

    private final Backend backend;
    private final HttpRequest request;
    private final RequestHeaders headers;
    private final EventLoop loop;
    private final HttpResponseWriter answer = HttpResponse.streaming();
    private final long started = System.nanoTime();
    private HttpData content = HttpData.empty();
    private ClientBody body;
    private Attempt attempt;
    private int tries;

    /** @param headers those to send to a target */
    Exchange(Backend backend, HttpRequest request, RequestHeaders headers, EventLoop loop) {
        this.backend = backend;
        this.request = request;
        this.headers = headers;
        this.loop = loop;
    }

    HttpResponse start() {
        answer.whenComplete().exceptionally(cause -> {
            if (attempt != null) {
                attempt.abandon();
            }
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
            body = new ClientBody(request, loop);
            attempt();
        }
        return answer;
    }

    private void attempt() {
        Target target = backend.balancer().next();
        if (target == null) {
            refuse(HttpStatus.SERVICE_UNAVAILABLE, "failure to get a peer from the ring-balancer");
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

    HttpResponseWriter answer() {
        return answer;
    }

    /** The target has answered; returns the head of its answer for the client. */
    ResponseHeaders answered(Attempt by, ResponseHeaders head) {
        backend.answered(by.target(), head.status().code());
        return head.toBuilder()
                .add(HttpHeaderNames.VIA, "1.1 velador-gateway")
                .setLong("x-kong-proxy-latency", (by.started() - started) / 1_000_000)
                .setLong("x-kong-upstream-latency", (System.nanoTime() - by.started()) / 1_000_000)
                .build();
    }

    /** A try ended before the head of an answer. */
    void failed(Attempt by, Throwable cause) {
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
        HttpStatus status = Backend.late(root) ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.BAD_GATEWAY;
        backend.answered(by.target(), status.code());
        refuse(status, Backend.late(root) ? "The upstream server is timing out"
                : "An invalid response was received from the upstream server");
    }

    private boolean repeatable(Throwable cause) {
        if (cause instanceof UnprocessedRequestException) {
            return true; // nothing was sent
        }
        return REPEATABLE.contains(headers.method())
                && (body == null || body.untouched());
    }

    private void refuse(HttpStatus status, String message) {
        answer.tryWrite(Refusal.headers(status, message));
        answer.tryWrite(Refusal.body(message));
        answer.close();
    }
}
