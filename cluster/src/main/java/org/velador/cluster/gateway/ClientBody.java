package org.velador.cluster.gateway;

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
    private boolean untouched = true;

    ClientBody(HttpRequest request, EventLoop loop) {
        this.request = request;
        this.loop = loop;
    }

    boolean untouched() {
        return untouched;
    }

    /** The body for one try. While a piece is being written the target must take it within the limit. */
    Publisher<HttpObject> passage(Silence silence, Duration limit) {
        return subscriber -> subscriber.onSubscribe(new Passage(subscriber, silence, limit));
    }

    private final class Passage implements Subscriber<HttpObject>, Subscription {

        private final Subscriber<? super HttpObject> target;
        private final Silence silence;
        private final Duration limit;
        private Subscription source;
        private long asked;
        private boolean cancelled;

        Passage(Subscriber<? super HttpObject> target, Silence silence, Duration limit) {
            this.target = target;
            this.silence = silence;
            this.limit = limit;
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
            silence.within(limit);
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
