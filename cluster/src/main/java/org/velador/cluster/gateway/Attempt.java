package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import io.netty.channel.EventLoop;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One try at one target. Hands the answer on piece by piece, each when the client has taken the one before, and keeps the
 * target to its times meanwhile; time that the client takes is not held against it.
 */
final class Attempt implements Subscriber<HttpObject> {

    private final Exchange exchange;
    private final Backend backend;
    private final Target target;
    private final EventLoop loop;
    private final Silence silence;
    private final long started = System.nanoTime();
    private HttpResponse response;
    private Subscription subscription;
    private boolean answered;

    Attempt(Exchange exchange, Backend backend, Target target, EventLoop loop) {
        this.exchange = exchange;
        this.backend = backend;
        this.target = target;
        this.loop = loop;
        silence = new Silence(loop, () -> response.abort(new SilentTargetException()));
    }

    Target target() {
        return target;
    }

    long started() {
        return started;
    }

    void start() {
        HttpRequest request = exchange.request(silence);
        request.whenComplete().thenRun(this::awaitAnswer);
        response = backend.send(target, request, exchange.atHand());
        response.subscribe(this, loop, SubscriptionOption.WITH_POOLED_OBJECTS);
    }

    /** Nobody waits for the answer any more. */
    void abandon() {
        silence.end();
        response.abort();
    }

    private void awaitAnswer() {
        if (!answered) {
            silence.within(backend.service().readTimeout());
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(HttpObject piece) {
        HttpObject passed = piece;
        if (!answered) {
            if (!(piece instanceof ResponseHeaders head) || head.status().isInformational()) {
                subscription.request(1); // an interim answer, which is not for the client
                return;
            }
            answered = true;
            passed = exchange.answered(this, head);
        }
        silence.pause();
        if (piece instanceof HttpData data) {
            exchange.sent(data.length());
        }
        if (exchange.answer().tryWrite(passed)) {
            exchange.answer().whenConsumed().thenRun(this::more);
        } else {
            abandon();
        }
    }

    private void more() {
        silence.within(backend.service().readTimeout());
        subscription.request(1);
    }

    @Override
    public void onError(Throwable cause) {
        silence.end();
        if (answered) {
            // Cuts the connection: the client must not take a part for the whole.
            exchange.answer().close(ClosedStreamException.get());
        } else {
            exchange.failed(this, cause);
        }
    }

    @Override
    public void onComplete() {
        silence.end();
        if (answered) {
            exchange.answer().close();
        } else {
            exchange.failed(this, ClosedStreamException.get());
        }
    }
}
