package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.stream.SubscriptionOption;
import io.netty.channel.EventLoop;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A request body that passes through piece by piece. It is taken from the client only when a target asks for the first
 * piece, so a try that gets no connection leaves it {@link #untouched()} for the next one.
 */
final class ClientBody {

    private final HttpRequest request;
    private final EventLoop loop;
    private final long limit;
    private final Runnable tooLong;
    private boolean untouched = true;
    private long received;

    /**
     * @param limit in bytes; more do not pass
     * @param tooLong run when the limit is exceeded, once
     */
    ClientBody(HttpRequest request, EventLoop loop, long limit, Runnable tooLong) {
        this.request = request;
        this.loop = loop;
        this.limit = limit;
        this.tooLong = tooLong;
    }

    /** Bytes that came from the client so far. */
    long received() {
        return received;
    }

    boolean untouched() {
        return untouched;
    }

    /** The body for one try. While a piece is being written the target must take it within that time. */
    Publisher<HttpObject> passage(Silence silence, Duration patience) {
        return subscriber -> subscriber.onSubscribe(new Passage(subscriber, silence, patience));
    }

    private final class Passage implements Subscriber<HttpObject>, Subscription {

        private final Subscriber<? super HttpObject> target;
        private final Silence silence;
        private final Duration patience;
        private Subscription source;
        private long asked;
        private boolean cancelled;

        Passage(Subscriber<? super HttpObject> target, Silence silence, Duration patience) {
            this.target = target;
            this.silence = silence;
            this.patience = patience;
        }

        @Override
        public void request(long pieces) {
            if (cancelled) {
                return;
            }
            silence.pause();
            if (source != null) {
                source.request(pieces);
                return;
            }
            asked += pieces;
            if (untouched) {
                untouched = false;
                request.subscribe(this, loop, SubscriptionOption.WITH_POOLED_OBJECTS);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (source != null) {
                source.cancel();
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            if (cancelled) {
                subscription.cancel();
            } else {
                subscription.request(asked);
            }
        }

        @Override
        public void onNext(HttpObject piece) {
            if (piece instanceof HttpData data) {
                received += data.length();
                if (received > limit) {
                    data.close();
                    cancel();
                    tooLong.run();
                    return;
                }
            }
            silence.within(patience);
            target.onNext(piece);
        }

        @Override
        public void onError(Throwable cause) {
            target.onError(cause);
        }

        @Override
        public void onComplete() {
            target.onComplete();
        }
    }
}
