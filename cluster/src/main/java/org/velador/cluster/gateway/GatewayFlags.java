package org.velador.cluster.gateway;

import com.linecorp.armeria.common.FlagsProvider;
import com.linecorp.armeria.common.util.TlsEngineType;

/** Armeria's settings that only exist for the whole JVM. Public because a service loader makes it; not for use elsewhere. */
public final class GatewayFlags implements FlagsProvider {

    @Override
    public int priority() {
        return 0;
    }

    /**
     * How long a connection that is to be closed is left for the client to close. Long enough that an answer to an unfinished
     * upload arrives; Armeria's 3 s would keep clients waiting that read up to the end of the connection.
     */
    @Override
    public Long defaultHttp1ConnectionCloseDelayMillis() {
        return 200L;
    }

    /** Nothing here speaks TLS, yet it is set up: with Java's own engine no native library is unpacked and loaded for it. */
    @Override
    public TlsEngineType tlsEngineType() {
        return TlsEngineType.JDK;
    }
}
