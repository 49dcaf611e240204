package org.velador.cluster.gateway;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.Exceptions;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.net.ConnectException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import org.velador.cluster.gateway.KongConfig.Passive;
import org.velador.cluster.gateway.KongConfig.Service;

/** One service of kong.yml at work: its timeouts, and connections to the targets kept for the requests to come. */
final class Backend implements AutoCloseable {

    /** An instance closes no idle connection; one whose other end has vanished is not kept for the next POST. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** Sends head and body of a request that is at hand in one piece. */
    private static final RequestOptions AT_HAND =
            RequestOptions.builder().exchangeType(ExchangeType.RESPONSE_STREAMING).build();
    private static final RequestOptions STREAMED =
            RequestOptions.builder().exchangeType(ExchangeType.BIDI_STREAMING).build();

    private final Service service;
    private final Balancer balancer;
    private final Passive passive;
    private final ClientFactory connections;
    private final Map<Target, WebClient> clients = new IdentityHashMap<>();

    Backend(Service service, Balancer balancer, Passive passive, EventLoop loop) {
        this.service = service;
        this.balancer = balancer;
        this.passive = passive;
        connections = ClientFactory.builder()
                .workerGroup(loop, false)
                .meterRegistry(new CompositeMeterRegistry()) // holds no registry, measures nothing
                .connectTimeout(service.connectTimeout())
                .idleTimeout(IDLE)
                .http1MaxInitialLineLength(Gateway.MAX_LINE)
                .http1MaxHeaderSize(Gateway.MAX_HEADERS)
                .build();
        for (Target target : balancer.targets()) {
            clients.put(target, WebClient.builder(SessionProtocol.H1C, endpoint(target))
                    .factory(connections)
                    .responseTimeoutMillis(0) // Silence keeps the times
                    .writeTimeout(service.writeTimeout())
                    .maxResponseLength(0)
                    .build());
        }
    }

    Service service() {
        return service;
    }

    Balancer balancer() {
        return balancer;
    }

    HttpResponse send(Target target, HttpRequest request, boolean atHand) {
        return clients.get(target).execute(request, atHand ? AT_HAND : STREAMED);
    }

    /** A try failed and another one follows. */
    void failed(Target target, Throwable cause) {
        target.failed(late(cause) ? Failure.TIMEOUT : Failure.TCP, passive.unhealthy(), describe(cause));
    }

    /** The client was answered with this status, be it the target's own or one that stands for its failure. */
    void answered(Target target, int status) {
        if (status == 504) {
            target.failed(Failure.TIMEOUT, passive.unhealthy(), "no answer in time");
        } else if (passive.unhealthy().httpStatuses().contains(status)) {
            target.failed(Failure.HTTP, passive.unhealthy(), "answered " + status);
        } else if (passive.httpStatuses().contains(status)) {
            target.succeeded(passive.successes());
        }
    }

    /** Does not wait: it may be called on the event loop, which has to close them. */
    @Override
    public void close() {
        connections.closeAsync();
    }

    static Endpoint endpoint(Target target) {
        return Endpoint.of(target.host(), target.port());
    }

    static Throwable unwrapped(Throwable cause) {
        Throwable peeled = Exceptions.peel(cause);
        return peeled instanceof UnprocessedRequestException && peeled.getCause() != null ? peeled.getCause() : peeled;
    }

    static boolean late(Throwable cause) {
        return cause instanceof SilentTargetException || cause instanceof ConnectTimeoutException;
    }

    static String describe(Throwable cause) {
        if (cause instanceof SilentTargetException || cause instanceof ConnectTimeoutException) {
            return "no answer in time";
        }
        return cause instanceof ConnectException ? "connection refused" : "connection closed without an answer";
    }
}
