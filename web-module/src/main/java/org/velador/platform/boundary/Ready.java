package org.velador.platform.boundary;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.velador.platform.control.DatabaseProbe;
import org.velador.platform.control.Migrations;

/**
 * Whether the load balancer may send requests here: the database answers, the schema is the one we were built for, and
 * we are not about to stop. Answers within a second even when the database hangs.
 */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

    @EJB
    private DatabaseProbe database;

    @EJB
    private Migrations migrations;

    @Override
    public HealthCheckResponse call() {
        boolean draining = Boolean.getBoolean("velador.draining");
        String failure = database.failure().orElse(null);
        boolean schema = migrations.schemaIsCurrent();
        return HealthCheckResponse.named("velador")
                .withData("database", failure == null ? "UP" : "DOWN: " + failure)
                .withData("schema", schema ? "UP" : "DOWN: not at the version of this instance")
                .withData("draining", draining)
                .status(failure == null && schema && !draining)
                .build();
    }
}
