package org.velador.cluster.gateway;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ResponseTimeoutException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.SplitHttpResponse;
import com.linecorp.armeria.common.util.Exceptions;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.velador.cluster.gateway.KongConfig.Active;

/**
 * Asks one target for its health again and again. Each probe has a connection of its own, so that an idle one that was
 * closed meanwhile never passes for a dead instance. The first probe comes one interval after the start.
 */
final class HealthProbe {

    private final Target target;
    private final Active checks;
    private final EventLoop loop;
    private final WebClient client;
    private final RequestHeaders request;

    HealthProbe(Target target, Active checks, EventLoop loop, ClientFactory connections) {
        this.target = target;
        this.checks = checks;
        this.loop = loop;
        client = WebClient.builder(SessionProtocol.H1C, Backend.endpoint(target))
                .factory(connections)
                .responseTimeout(checks.timeout())
                .build();
        request = RequestHeaders.builder(HttpMethod.GET, checks.httpPath())
                .set(HttpHeaderNames.CONNECTION, "close")
                .set(HttpHeaderNames.USER_AGENT, "velador-gateway")
                .build();
    }

    /** Connections for probes, which may take as long as the whole probe to be established. */
    static ClientFactory connections(Active checks, EventLoop loop) {
        return ClientFactory.builder()
                .workerGroup(loop, false)
                .meterRegistry(new CompositeMeterRegistry()) // holds no registry, measures nothing
                .connectTimeout(checks.timeout())
                .build();
    }

    void start() {
        next(Duration.ZERO);
    }

    private void next(Duration spent) {
        Duration interval = target.healthy() ? checks.healthy().interval() : checks.unhealthy().interval();
        if (!interval.isZero()) {
            loop.schedule(this::probe, Math.max(0, interval.minus(spent).toNanos()), TimeUnit.NANOSECONDS);
        }
    }

    private void probe() {
        long started = System.nanoTime();
        SplitHttpResponse response = client.execute(HttpRequest.of(request)).split();
        response.headers().handle((headers, cause) -> {
            response.body().abort();
            judge(headers, cause == null ? null : Exceptions.peel(cause));
            next(Duration.ofNanos(System.nanoTime() - started));
            return null;
        });
    }

    private void judge(ResponseHeaders headers, Throwable cause) {
        if (cause != null) {
            Throwable root = Backend.unwrapped(cause);
            boolean late = root instanceof ResponseTimeoutException || root instanceof ConnectTimeoutException;
            target.failed(late ? Failure.TIMEOUT : Failure.TCP, checks.unhealthy().failures(), late
                    ? checks.httpPath() + " not answered within " + checks.timeout().toMillis() + " ms"
                    : Backend.describe(root));
            return;
        }
        HttpStatus status = headers.status();
        if (checks.healthy().httpStatuses().contains(status.code())) {
            target.succeeded(checks.healthy().successes());
        } else if (checks.unhealthy().failures().httpStatuses().contains(status.code())) {
            target.failed(Failure.HTTP, checks.unhealthy().failures(), checks.httpPath() + " answered " + status.code());
        }
    }
}
