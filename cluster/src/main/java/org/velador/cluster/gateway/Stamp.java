package org.velador.cluster.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.netty.util.AsciiString;

/** What the plugins write on one request and its answer, whoever answers. */
final class Stamp {

    /** Where no plugin asks for anything. */
    static final Stamp NONE = new Stamp(null, null, false);

    private final AsciiString idName;
    private final String id;
    private final boolean echoed;
    private RateLimiter.Standing standing;

    /**
     * @param idName the header of the correlation id, null for none
     * @param echoed whether the client is told the id too
     */
    Stamp(AsciiString idName, String id, boolean echoed) {
        this.idName = idName;
        this.id = id;
        this.echoed = echoed;
    }

    void standing(RateLimiter.Standing standing) {
        this.standing = standing;
    }

    void onto(RequestHeadersBuilder request) {
        if (idName != null) {
            request.set(idName, id);
        }
    }

    ResponseHeadersBuilder onto(ResponseHeadersBuilder answer) {
        if (echoed) {
            answer.set(idName, id);
        }
        if (standing != null) {
            standing.onto(answer);
        }
        return answer;
    }

    /** The same on an answer of the gateway's own, which also says when to come back. */
    ResponseHeadersBuilder refused(ResponseHeadersBuilder answer) {
        if (standing != null && standing.exceeded()) {
            answer.setInt(HttpHeaderNames.RETRY_AFTER, standing.reset());
        }
        return onto(answer);
    }
}
