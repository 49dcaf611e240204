package org.velador.site.boundary;

import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /metrics}, in the formats of Prometheus. */
@WebServlet("/metrics")
public class MetricsPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Metrics metrics;

    private transient PrometheusMetricsServlet prometheus;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (prometheus == null) {
            prometheus = metrics.servlet();
        }
        prometheus.service(request, response);
    }
}
