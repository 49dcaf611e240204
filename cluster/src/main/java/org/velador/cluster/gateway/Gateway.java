package org.velador.cluster.gateway;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.velador.cluster.gateway.KongConfig.Upstream;

/**
 * The load balancer of a site on a machine without Kong. It listens on one address and does with the targets what Kong does
 * with the same kong.yml: takes them in turn, probes them, leaves out those that fail, retries what may be retried.
 *
 * <p>One line is logged when a target goes out or comes back, nothing for each request.
 */
public final class Gateway implements AutoCloseable {

    /** Longest request or status line in bytes. */
    static final int MAX_LINE = 8 * 1024;
    /** All headers of a message in bytes. */
    static final int MAX_HEADERS = 32 * 1024;

    /** How long requests under way may take to finish when the gateway closes. */
    private static final Duration GRACE = Duration.ofSeconds(2);
    /** After the last answer, before what is left is cut. */
    private static final Duration QUIET = Duration.ofMillis(50);
    /** Of a client's connection; nginx's default. */
    private static final Duration IDLE = Duration.ofSeconds(75);

    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger LIBRARY = Logger.getLogger("com.linecorp.armeria");

    private final Balancer balancer;
    private final Server server;
    private final List<Backend> backends;
    private final ClientFactory probes;
    private final EventLoopGroup loops;
    private final Upstream upstream;
    private final InetSocketAddress listen;

    private Gateway(Upstream upstream, InetSocketAddress listen, Balancer balancer, Server server, List<Backend> backends,
            ClientFactory probes, EventLoopGroup loops) {
        this.upstream = upstream;
        this.listen = listen;
        this.balancer = balancer;
        this.server = server;
        this.backends = backends;
        this.probes = probes;
        this.loops = loops;
    }

    /** Starts a gateway to the targets that the configuration names. */
    public static Gateway start(KongConfig config, InetSocketAddress listen) throws IOException {
        return start(config, listen, config.upstream().targets());
    }

    /**
     * Starts a gateway.
     *
     * @param listen the address to listen on; port 0 for any free one
     * @param targets the targets to use in place of those that the configuration names, in their order
     * @throws IOException when the address cannot be listened on
     */
    public static Gateway start(KongConfig config, InetSocketAddress listen, List<InetSocketAddress> targets)
            throws IOException {
        Gateway gateway = prepare(config, listen, targets);
        gateway.open();
        return gateway;
    }

    /**
     * Makes a gateway that does not listen yet: the longer part of a start, which can be had while the targets start.
     *
     * @see #open()
     */
    public static Gateway prepare(KongConfig config, InetSocketAddress listen, List<InetSocketAddress> targets) {
        if (LIBRARY.getLevel() == null) {
            LIBRARY.setLevel(Level.WARNING);
        }
        EventLoopGroup loops = EventLoopGroups.newEventLoopGroup(1, "gateway");
        EventLoop loop = loops.next();
        Upstream upstream = config.upstream();
        Balancer balancer =
                new Balancer(upstream.healthchecks().threshold(), targets.stream().map(Target::new).toList());
        List<Backend> backends = config.services().stream()
                .map(service -> new Backend(service, balancer, upstream.healthchecks().passive(), loop))
                .toList();
        ClientFactory probes = HealthProbe.connections(upstream.healthchecks().active(), loop);
        Server server = Server.builder()
                .http(listen)
                .workerGroup(loops, false)
                .requestTimeoutMillis(0)
                .maxRequestLength(0)
                .idleTimeout(IDLE)
                .http1MaxInitialLineLength(MAX_LINE)
                .http1MaxHeaderSize(MAX_HEADERS)
                .disableServerHeader()
                .meterRegistry(new CompositeMeterRegistry()) // holds no registry, measures nothing
                .gracefulShutdownTimeout(QUIET, GRACE)
                .decorator(Gateway::lastOfItsConnection)
                .serviceUnder("/", new Proxy(backends))
                .build();
        return new Gateway(upstream, listen, balancer, server, backends, probes, loops);
    }

    /**
     * Listens, and begins to look after its targets.
     *
     * @throws IOException when the address cannot be listened on; the gateway is closed then
     */
    public void open() throws IOException {
        try {
            server.start().join();
        } catch (CompletionException e) {
            close();
            throw new IOException("The gateway cannot listen on " + listen.getHostString() + ':' + listen.getPort() + ": "
                    + Exceptions.peel(e).getMessage(), e);
        }
        EventLoop loop = loops.next();
        loop.execute(() -> balancer.targets().forEach(target ->
                new HealthProbe(target, upstream.healthchecks().active(), loop, probes).start()));
    }

    /**
     * While it closes, each answer is the last of its connection, as nginx does it: a client that goes on on the same one would
     * keep it open until its next request is cut off.
     */
    private static HttpResponse lastOfItsConnection(HttpService service, ServiceRequestContext ctx, HttpRequest request)
            throws Exception {
        if (ctx.config().server().isClosing()) {
            ctx.initiateConnectionShutdown();
        }
        return service.serve(ctx, request);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.activePort().localAddress();
    }

    /** What it thinks of each target at present, in their order. */
    public List<TargetStatus> targets() {
        return balancer.targets().stream().map(Target::status).toList();
    }

    /** Whether enough targets are healthy; if not, every request gets 503. */
    public boolean available() {
        return balancer.available();
    }

    /**
     * Stops listening, gives requests under way two seconds to finish, and lets go of all connections. Takes two seconds
     * more, in which the library makes sure that nothing comes any more.
     */
    @Override
    public void close() {
        server.closeAsync().join();
        backends.forEach(Backend::close);
        probes.close();
        loops.shutdownGracefully(0, GRACE.toMillis(), TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
