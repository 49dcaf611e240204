package org.velador.cluster.site;

import java.io.IOException;
import org.velador.cluster.gateway.Gateway;
import org.velador.cluster.gateway.KongConfig;
import org.velador.cluster.gateway.KongFile;
import org.velador.cluster.gateway.LoadBalancer;

/** Makes what stands before a site's instances: Kong or the stand-in, of the same file. */
final class LoadBalancers {

    private LoadBalancers() {}

    /** It does not listen yet. */
    static LoadBalancer prepare(SiteSettings settings) throws IOException {
        KongFile file = KongFile.read(settings.parts().kong()).withTargets(settings.instances());
        if (!settings.rateLimit()) {
            file = file.without("rate-limiting");
        }
        return settings.kong().isPresent()
                ? KongProcess.prepare(settings.kong().get(), file, settings.home(), settings.gateway(), settings.admin(),
                        settings.instances())
                : Gateway.prepare(KongConfig.parse(file.text()), settings.gateway(), settings.admin(), settings.instances());
    }
}
