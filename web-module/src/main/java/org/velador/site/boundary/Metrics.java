package org.velador.site.boundary;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.velador.platform.control.DatabaseProbe;
import org.velador.platform.control.Migrations;

/** What Prometheus reads of this instance: requests by method and kind of status, whether it can serve, and its JVM. */
@ApplicationScoped
public class Metrics {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Histogram requests = Histogram.builder().name("velador_http_requests").unit(Unit.SECONDS)
            .help("Requests of the API, by method and by the hundred of the status they were answered with; streams are not among them.")
            .labelNames("method", "status").classicOnly().classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5).register(registry);

    @EJB
    private DatabaseProbe database;

    @EJB
    private Migrations migrations;

    private boolean complete;

    void answered(String method, int status, long nanos) {
        // Whatever a client sends as its method, there are few of them here.
        requests.labelValues(switch (method) {
            case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS" -> method;
            default -> "other";
        }, status / 100 + "xx").observe(nanos / 1e9);
    }

    /** Made when it is asked for: a start does not wait for what nobody may ever read. */
    synchronized PrometheusMetricsServlet servlet() {
        if (!complete) {
            complete = true;
            JvmMetrics.builder().register(registry);
            GaugeWithCallback.builder().name("velador_database_up").help("1 while the database answers this instance, else 0.")
                    .callback(gauge -> gauge.call(database.knownFailure().isEmpty() ? 1 : 0)).register(registry);
            GaugeWithCallback.builder().name("velador_schema_current").help("1 when the schema is at the version that this instance was built for, else 0.")
                    .callback(gauge -> gauge.call(migrations.schemaIsCurrent() ? 1 : 0)).register(registry);
        }
        return new PrometheusMetricsServlet(registry);
    }
}
