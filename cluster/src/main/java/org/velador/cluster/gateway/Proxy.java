package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.velador.cluster.gateway.KongConfig.Route;

/** Finds the service for each request and tells the target who asked, as Kong does. */
final class Proxy implements HttpService {

    private record Way(String prefix, Backend backend) {}

    private final List<Way> ways = new ArrayList<>();

    Proxy(List<Backend> backends) {
        for (Backend backend : backends) {
            for (Route route : backend.service().routes()) {
                route.paths().forEach(path -> ways.add(new Way(path, backend)));
            }
        }
        ways.sort(Comparator.comparingInt((Way way) -> way.prefix().length()).reversed());
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
        for (Way way : ways) {
            if (request.path().startsWith(way.prefix())) {
                return new Exchange(way.backend(), request, forwarded(ctx, request.headers()),
                        ctx.eventLoop().withoutContext()).start();
            }
        }
        return Refusal.of(HttpStatus.NOT_FOUND, "no Route matched with those values");
    }

    /** The Host becomes the target's, by its absence; the one that the client used goes on as X-Forwarded-Host. */
    private static RequestHeaders forwarded(ServiceRequestContext ctx, RequestHeaders headers) {
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
