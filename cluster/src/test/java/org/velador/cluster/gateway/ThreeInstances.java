package org.velador.cluster.gateway;

import java.io.IOException;

/** Three alike instances behind a gateway, as a site has them. */
final class ThreeInstances implements AutoCloseable {

    final Instance a = new Instance();
    final Instance b = new Instance();
    final Instance c = new Instance();
    final GatewaySite site;

    /** @param yaml the gateway's configuration */
    ThreeInstances(String yaml) throws IOException {
        site = new GatewaySite(yaml, a.address(), b.address(), c.address());
    }

    @Override
    public void close() {
        site.close();
        a.close();
        b.close();
        c.close();
    }
}
