package org.velador.cluster.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small real instance on loopback: answers health checks with {@link #health}, all else with {@link #handler}. */
final class Instance implements AutoCloseable {

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** "GET /path" of every request but the health checks. */
    final List<String> requests = new CopyOnWriteArrayList<>();
    /** Requests to {@code /health/}. */
    final List<Long> probes = new CopyOnWriteArrayList<>();
    volatile int health = 200;
    volatile HttpHandler handler = exchange -> answer(exchange, 200, name());

    private final InetSocketAddress address;
    private HttpServer server;
    private ExecutorService threads;

    Instance() throws IOException {
        start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        address = server.getAddress();
    }

    InetSocketAddress address() {
        return address;
    }

    String name() {
        return "127.0.0.1:" + address.getPort();
    }

    void restart() throws IOException {
        start(address);
    }

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        boolean bodiless = status == 204 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void start(InetSocketAddress where) throws IOException {
        server = HttpServer.create(where, 0);
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext("/health/", exchange -> {
            probes.add(System.nanoTime());
            answer(exchange, health, "");
        });
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
            handler.handle(exchange);
        });
        server.start();
    }

    /** As if killed: the port refuses connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
