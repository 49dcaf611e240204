package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The load balancer of a site on a machine without Kong. It listens on one address and does with the targets what Kong does
 * with the same kong.yml: takes them in turn, probes them, leaves out those that fail, retries what may be retried. Beside
 * it, on another address of loopback, is the part of Kong's Admin API that operators use.
 *
 * <p>One line is logged when a target goes out or comes back, nothing for each request.
 */
public final class Gateway implements LoadBalancer {

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

    private final InetSocketAddress listen;
    private final Configurations configurations;
    private final Server server;
    private final Server admin;
    private final EventLoopGroup loops;

    private Gateway(InetSocketAddress listen, Configurations configurations, Server server, Server admin,
            EventLoopGroup loops) {
        this.listen = listen;
        this.configurations = configurations;
        this.server = server;
        this.admin = admin;
        this.loops = loops;
    }

    /**
     * Makes a gateway that does not listen yet: the longer part of a start, which can be had while the targets start.
     *
     * @param listen the address to listen on; port 0 for any free one
     * @param admin the address of the Admin API, of loopback; port 0 for any free one
     * @param targets the targets to use in place of those that the configuration names, in their order
     * @see #open()
     */
    public static Gateway prepare(KongConfig config, InetSocketAddress listen, InetSocketAddress admin,
            List<InetSocketAddress> targets) {
        if (!admin.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("the Admin API's address: got " + admin.getAddress().getHostAddress()
                    + ", expected one of loopback, because whoever reaches it may do everything");
        }
        if (LIBRARY.getLevel() == null) {
            LIBRARY.setLevel(Level.WARNING);
        }
        EventLoopGroup loops = EventLoopGroups.newEventLoopGroup(1, "gateway");
        EventLoop loop = loops.next();
        Configurations configurations = new Configurations(config, targets, loop);
        Server server = server(listen, loops).serviceUnder("/", configurations.proxy()).build();
        ServerBuilder administration = server(admin, loops);
        new AdminApi(configurations, server).onto(administration);
        return new Gateway(listen, configurations, server, administration.build(), loops);
    }

    private static ServerBuilder server(InetSocketAddress listen, EventLoopGroup loops) {
        return Server.builder()
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
                .decorator(Gateway::lastOfItsConnection);
    }

    @Override
    public String name() {
        return "stand-in for Kong";
    }

    @Override
    public void open() throws IOException {
        try {
            CompletableFuture.allOf(server.start(), admin.start()).join();
        } catch (CompletionException e) {
            String which = server.activePort() == null
                    ? "The gateway cannot listen on " + listen.getHostString() + ':' + listen.getPort()
                    : "The gateway's Admin API cannot listen";
            close();
            throw new IOException(which + ": " + Exceptions.peel(e).getMessage(), e);
        }
        configurations.start();
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

    @Override
    public InetSocketAddress address() {
        return server.activePort().localAddress();
    }

    @Override
    public URI admin() {
        InetSocketAddress address = admin.activePort().localAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
    }

    @Override
    public List<TargetStatus> targets() {
        return balancer().targets().stream().map(Target::status).toList();
    }

    @Override
    public boolean available() {
        return balancer().available();
    }

    private Balancer balancer() {
        return configurations.current().balancer();
    }

    /**
     * Stops listening, gives requests under way two seconds to finish, and lets go of all connections. Takes two seconds
     * more, in which the library makes sure that nothing comes any more.
     */
    @Override
    public void close() {
        CompletableFuture.allOf(server.closeAsync(), admin.closeAsync()).join();
        configurations.close();
        loops.shutdownGracefully(0, GRACE.toMillis(), TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
