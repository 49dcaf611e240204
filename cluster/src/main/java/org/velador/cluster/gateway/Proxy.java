package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetSocketAddress;

/** Finds the service for each request, has the plugins look at it, and tells the target who asked, as Kong does. */
final class Proxy implements HttpService {

    private Setup setup;
    private long requests;

    Proxy(Setup setup) {
        this.setup = setup;
    }

    Setup setup() {
        return setup;
    }

    /** From now on requests follow this one; on the event loop only. */
    void follow(Setup next) {
        setup = next;
    }

    /** How many requests came since the start. */
    long requests() {
        return requests;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        requests++;
        long started = System.nanoTime();
        Setup.Way way = setup.way(request.path());
        if (way == null) {
            return Refusal.NO_ROUTE.answer(Stamp.NONE);
        }
        Stamp stamp = setup.edge().stamp(request.headers());
        Refusal refusal = setup.edge().refusal(request.headers(), ctx.remoteAddress().getAddress(), stamp);
        if (refusal != null) {
            way.tally().answered(refusal.source(), refusal.status());
            way.tally().request().add(System.nanoTime() - started);
            return refusal.answer(stamp);
        }
        return new Exchange(setup, way, stamp, request, forwarded(ctx, request.headers(), stamp),
                ctx.eventLoop().withoutContext()).start();
    }

    /** The Host becomes the target's, by its absence; the one that the client used goes on as X-Forwarded-Host. */
    private static RequestHeaders forwarded(ServiceRequestContext ctx, RequestHeaders headers, Stamp stamp) {
        String client = ctx.remoteAddress().getAddress().getHostAddress();
        String before = headers.get(HttpHeaderNames.X_FORWARDED_FOR);
        InetSocketAddress here = ctx.localAddress();
        RequestHeadersBuilder builder = headers.toBuilder()
                .set(HttpHeaderNames.X_FORWARDED_FOR, before == null ? client : before + ", " + client)
                .set("x-forwarded-proto", "http")
                .set("x-forwarded-host", host(headers.authority(), here))
                .setInt("x-forwarded-port", here.getPort())
                .set("x-real-ip", client);
        if (ctx.rawPath().startsWith("/")) {
            builder.path(ctx.rawPath()); // as the client wrote it: what to make of ; and // is for the target to say
        }
        builder.remove(HttpHeaderNames.AUTHORITY);
        builder.remove(HttpHeaderNames.HOST);
        builder.remove(HttpHeaderNames.EXPECT); // answered here
        stamp.onto(builder);
        return builder.build();
    }

    private static String host(String authority, InetSocketAddress here) {
        if (authority == null) {
            return here.getAddress().getHostAddress();
        }
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }
}
