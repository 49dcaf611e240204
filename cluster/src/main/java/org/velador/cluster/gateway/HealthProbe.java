package org.velador.cluster.gateway;

import com.linecorp.armeria.common.util.TransportType;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.velador.cluster.gateway.KongConfig.Active;

/**
 * Asks one target for its health again and again, in HTTP/1.0 as Kong does, which Armeria's client does not speak. Each probe
 * has a connection of its own, so that an idle one that was closed meanwhile never passes for a dead instance. The first
 * probe comes one interval after the start.
 */
final class HealthProbe {

    private final Target target;
    private final Active checks;
    private final EventLoop loop;
    private ScheduledFuture<?> next;
    private boolean stopped;

    HealthProbe(Target target, Active checks, EventLoop loop) {
        this.target = target;
        this.checks = checks;
        this.loop = loop;
    }

    void start() {
        next(Duration.ZERO);
    }

    /** For good: a probe under way tells nothing any more. */
    void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }

    private void next(Duration spent) {
        Duration interval = target.healthy() ? checks.healthy().interval() : checks.unhealthy().interval();
        if (!interval.isZero() && !stopped) {
            next = loop.schedule(() -> new Probe().run(), Math.max(0, interval.minus(spent).toNanos()), TimeUnit.NANOSECONDS);
        }
    }

    private void judge(int status) {
        if (checks.healthy().httpStatuses().contains(status)) {
            target.succeeded(checks.healthy().successes());
        } else if (checks.unhealthy().failures().httpStatuses().contains(status)) {
            failed(Failure.HTTP, checks.httpPath() + " answered " + status);
        }
    }

    private void failed(Failure kind, String reason) {
        target.failed(kind, checks.unhealthy().failures(), reason);
    }

    /** One question, with one outcome. */
    private final class Probe extends ChannelInboundHandlerAdapter {

        private final long started = System.nanoTime();
        private Channel channel;
        private ScheduledFuture<?> patience;
        private boolean over;

        void run() {
            patience = loop.schedule(() -> over(() -> failed(Failure.TIMEOUT,
                    checks.httpPath() + " not answered within " + checks.timeout().toMillis() + " ms")),
                    checks.timeout().toNanos(), TimeUnit.NANOSECONDS);
            channel = new Bootstrap()
                    .group(loop)
                    .channel(TransportType.socketChannelType(loop))
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel made) {
                            made.pipeline().addLast(new HttpClientCodec(), Probe.this);
                        }
                    })
                    .connect(target.address())
                    .addListener(connected -> {
                        if (!connected.isSuccess()) {
                            over(() -> failed(Failure.TCP, Backend.describe(connected.cause())));
                        }
                    })
                    .channel();
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            DefaultFullHttpRequest question = new DefaultFullHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.GET,
                    checks.httpPath(), Unpooled.EMPTY_BUFFER);
            question.headers().set(HttpHeaderNames.HOST, target.host());
            ctx.writeAndFlush(question);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object piece) {
            if (piece instanceof HttpResponse answer) {
                over(answer.decoderResult().isSuccess() ? () -> judge(answer.status().code())
                        : () -> failed(Failure.TCP, "answered in something else than HTTP"));
            }
            ReferenceCountUtil.release(piece);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            exceptionCaught(ctx, new ClosedChannelException());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            over(() -> failed(Failure.TCP, Backend.describe(cause)));
        }

        private void over(Runnable verdict) {
            if (over) {
                return;
            }
            over = true;
            patience.cancel(false);
            if (channel != null) { // null when the connection failed at once
                channel.close();
            }
            if (!stopped) {
                verdict.run();
                next(Duration.ofNanos(System.nanoTime() - started));
            }
        }
    }
}
