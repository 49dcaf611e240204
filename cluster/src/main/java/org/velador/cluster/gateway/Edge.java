package org.velador.cluster.gateway;

import com.linecorp.armeria.common.RequestHeaders;
import io.netty.util.AsciiString;
import java.net.InetAddress;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.velador.cluster.gateway.KongConfig.CorrelationId;
import org.velador.cluster.gateway.KongConfig.Plugins;

/** The plugins at work, in the order of Kong's priorities: correlation id, size, rate. */
final class Edge {

    private final CorrelationId correlationId;
    private final AsciiString idName;
    private final long maxBytes;
    private final RateLimiter limiter;
    private final String series = uuid();
    private long counter;

    Edge(Plugins plugins) {
        correlationId = plugins.correlationId();
        idName = correlationId == null ? null : AsciiString.of(correlationId.headerName().toLowerCase(Locale.ROOT));
        maxBytes = plugins.sizeLimit() == null ? Long.MAX_VALUE : plugins.sizeLimit().bytes();
        limiter = plugins.rateLimit() == null ? null : new RateLimiter(plugins.rateLimit());
    }

    /** Longest body in bytes. */
    long maxBytes() {
        return maxBytes;
    }

    Stamp stamp(RequestHeaders request) {
        if (correlationId == null) {
            return limiter == null ? Stamp.NONE : new Stamp(null, null, false);
        }
        String id = request.get(idName);
        if (id == null || id.isEmpty()) {
            id = correlationId.counter() ? series + '#' + ++counter : uuid();
        }
        return new Stamp(idName, id, correlationId.echoDownstream());
    }

    /** Why the request must not pass; null when it may. */
    Refusal refusal(RequestHeaders request, InetAddress client, Stamp stamp) {
        if (request.contentLength() > maxBytes) {
            return Refusal.TOO_LARGE;
        }
        if (limiter != null) {
            RateLimiter.Standing standing = limiter.take(client, System.currentTimeMillis());
            stamp.standing(standing);
            if (standing.exceeded()) {
                return Refusal.TOO_MANY;
            }
        }
        return null;
    }

    /** Random, not secret: no reason to wait for the system's randomness at each request. */
    private static String uuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 0x8000000000000000L).toString();
    }
}
