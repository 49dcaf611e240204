package org.velador.cluster.site;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** Kong's settings beside kong.yml, as the variables that it reads; what is named in them is of the site alone. */
final class KongEnvironment {

    private KongEnvironment() {}

    static Map<String, String> of(Path home, InetSocketAddress listen, InetSocketAddress admin) {
        Path logs = home.resolve("logs");
        return Map.ofEntries(
                Map.entry("KONG_DATABASE", "off"),
                Map.entry("KONG_DECLARATIVE_CONFIG", home.resolve("kong.yml").toString()),
                Map.entry("KONG_PROXY_LISTEN", Ports.text(listen)),
                Map.entry("KONG_ADMIN_LISTEN", Ports.text(admin)),
                // What Kong would open besides, on fixed ports.
                Map.entry("KONG_ADMIN_GUI_LISTEN", "off"),
                Map.entry("KONG_STATUS_LISTEN", "off"),
                Map.entry("KONG_STREAM_LISTEN", "off"),
                Map.entry("KONG_NGINX_DAEMON", "off"),
                // With several, each takes its own turns.
                Map.entry("KONG_NGINX_MAIN_WORKER_PROCESSES", "1"),
                // An instance closes no idle connection; one whose other end has vanished is not kept for the next POST.
                Map.entry("KONG_UPSTREAM_KEEPALIVE_IDLE_TIMEOUT", "10"),
                Map.entry("KONG_ANONYMOUS_REPORTS", "off"),
                Map.entry("KONG_PROXY_ACCESS_LOG", "off"),
                Map.entry("KONG_ADMIN_ACCESS_LOG", "off"),
                Map.entry("KONG_PROXY_ERROR_LOG", logs.resolve("kong-error.log").toString()),
                Map.entry("KONG_ADMIN_ERROR_LOG", logs.resolve("kong-error.log").toString()));
    }
}
