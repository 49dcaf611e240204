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
                // Whoever is named here is Jersey's JSON provider; a name that none of its own has leaves the field to ours. Without
                // it JSON-B is in the race too, and which of them wins differs from start to start.
                "jersey.config.jsonFeature", Json.class.getSimpleName(),
                // Violations are answered as problems by our own mapper, not by Jersey's page.
                "jersey.config.beanValidation.disable.server", false,
                "jersey.config.server.response.setStatusOverSendError", true);
    }
}
