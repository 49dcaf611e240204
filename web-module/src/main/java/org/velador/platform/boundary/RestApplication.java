package org.velador.platform.boundary;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The HTTP API. Resources and providers are found by their annotations. */
@ApplicationPath("/api")
public class RestApplication extends Application {

    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                // Payara brings three JSON providers that would be asked before ours, and none is strict. Each stands back
                // when another one is named here.
                "jersey.config.jsonFeature", Json.class.getName(),
                // Violations are answered as problems by our own mapper, not by Jersey's page.
                "jersey.config.beanValidation.disable.server", false,
                // The contract is META-INF/openapi.yaml; the other one that Jersey would make names its own version.
                "jersey.config.server.wadl.disableWadl", true,
                // A header that cannot be read is refused before any mapper could answer: that goes to the error page.
                "jersey.config.server.response.setStatusOverSendError", false);
    }
}
