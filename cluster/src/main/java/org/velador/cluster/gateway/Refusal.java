package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import org.velador.cluster.gateway.Tally.Source;

/** What the gateway answers on its own account, in Kong's words. */
enum Refusal {
    NO_ROUTE(HttpStatus.NOT_FOUND, "no Route matched with those values", Source.ERROR),
    TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "Request size limit exceeded", Source.EXIT),
    TOO_MANY(HttpStatus.TOO_MANY_REQUESTS, "API rate limit exceeded", Source.EXIT),
    NO_PEER(HttpStatus.SERVICE_UNAVAILABLE, "failure to get a peer from the ring-balancer", Source.ERROR),
    INVALID(HttpStatus.BAD_GATEWAY, "An invalid response was received from the upstream server", Source.ERROR),
    LATE(HttpStatus.GATEWAY_TIMEOUT, "The upstream server is timing out", Source.ERROR);

    private final HttpStatus status;
    private final Source source;
    private final HttpData body;

    Refusal(HttpStatus status, String message, Source source) {
        this.status = status;
        this.source = source;
        body = HttpData.ofUtf8("{\"message\":\"" + message + "\"}");
    }

    int status() {
        return status.code();
    }

    /** Whom the metrics name as the one who answered. */
    Source source() {
        return source;
    }

    ResponseHeaders headers(Stamp stamp) {
        return stamp.refused(ResponseHeaders.builder(status)
                        .contentType(MediaType.JSON_UTF_8)
                        .contentLength(body.length())
                        .set(HttpHeaderNames.SERVER, "velador-gateway"))
                .build();
    }

    HttpData body() {
        return body;
    }

    HttpResponse answer(Stamp stamp) {
        return HttpResponse.of(headers(stamp), body);
    }
}
