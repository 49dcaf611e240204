package org.velador.instance;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a node for its liveness over HTTP, for images that carry neither curl nor wget. */
final class Probe {

    private static final int TIMEOUT = (int) Duration.ofSeconds(2).toMillis();

    private Probe() {
    }

    static boolean lives(Settings settings) {
        String host = settings.address().equals("0.0.0.0") ? "127.0.0.1" : settings.address();
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://%s:%d/health/live".formatted(host, settings.port())).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT);
            connection.setReadTimeout(TIMEOUT);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            System.err.println("velador: %s:%d does not answer: %s".formatted(host, settings.port(), e.getMessage()));
            return false;
        }
    }
}
