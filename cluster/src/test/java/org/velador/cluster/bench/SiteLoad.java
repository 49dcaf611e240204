package org.velador.cluster.bench;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.velador.cluster.site.Site;

/** The load on a site: single measurements, batches, and readers, each beside what it is compared with. */
final class SiteLoad implements AutoCloseable {

    static final int SINGLE_CONNECTIONS = 32;
    static final int BATCH_CLIENTS = 8;
    static final int BATCH = 1_000;
    static final int READERS = 20;

    private static final int BEDS_OF_A_WARD = 25;
    private static final String ALIVE = "/health/live";
    private static final Predicate<AggregatedHttpResponse> OK = answer -> answer.status().equals(HttpStatus.OK);

    private final Site site;
    private final Connection database;
    private final Options options;
    private final PrintStream out;
    private final Load load;
    /** Measurements are of the last day: old enough that they never overtake the clock. */
    private final Instant from = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(24));

    SiteLoad(Site site, Connection database, Options options, PrintStream out) {
        this.site = site;
        this.database = database;
        this.options = options;
        this.out = out;
        this.load = new Load(site, site.uri());
    }

    /** Each connection is the monitor of a bed, which posts measurement by measurement. */
    Rounds singles() throws Exception {
        Beds beds = Beds.make(database, "SINGLE", SINGLE_CONNECTIONS);
        List<Load.Client> monitors = new ArrayList<>();
        for (String bed : beds.codes()) {
            monitors.add(Load.posting(new Feed(new String[] {bed}, 1, from)));
        }
        return Rounds.run(
                "Single POSTs, " + SINGLE_CONNECTIONS + " connections",
                gently -> load.run(some(monitors, gently), options.round(), 1, answer -> answer.status().equals(HttpStatus.CREATED)),
                "`GET " + ALIVE + "`",
                gently -> alive(gently ? 1 : SINGLE_CONNECTIONS, options),
                options,
                out);
    }

    /** Each client is the central station of a ward, which posts what its beds measured in the last seconds. */
    Rounds batches() throws Exception {
        int[] variables = Beds.signals(database);
        List<Load.Client> stations = new ArrayList<>();
        List<PlainClient> plain = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 1; i <= BATCH_CLIENTS; i++) {
                stations.add(Load.posting(new Feed(Beds.make(database, "WARD" + i, BEDS_OF_A_WARD).codes(), BATCH, from)));
                connections.add(site.database().connectAsSuperuser());
                int[] places = Beds.make(database, "PLAIN" + i, BEDS_OF_A_WARD).ids();
                plain.add(new PlainClient(connections.get(i - 1), places, variables, BATCH, from));
            }
            String allStored = "\"stored\":" + BATCH + ",";
            return Rounds.run(
                    "Measurements in batches of " + BATCH + ", " + BATCH_CLIENTS + " clients",
                    gently -> load.run(some(stations, gently), options.round(), BATCH, answer -> OK.test(answer) && answer.contentUtf8().contains(allStored)),
                    "bare `insert … unnest` over JDBC, " + BATCH_CLIENTS + " connections",
                    gently -> insert(some(plain, gently)),
                    options,
                    out);
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private Round insert(List<PlainClient> clients) throws Exception {
        Histogram latencies = new ConcurrentHistogram(3);
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            Cpu before = Cpu.of(site);
            long begun = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (PlainClient client : clients) {
                running.add(threads.submit(() -> {
                    client.run(begun + options.round().toNanos(), latencies);
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
            return new Round(latencies.getTotalCount() * BATCH, 0, (System.nanoTime() - begun) / 1e9, latencies, Cpu.of(site).since(before));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException cause ? cause : e;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What clinicians look at, of wards that the batches have filled. */
    List<Rounds> queries() throws Exception {
        String pair = "variable=heart-rate&place=WARD1-07";
        return List.of(
                readers("Last ten", "/api/measurements?" + pair),
                readers("Latest by ward", "/api/measurements/latest?ward=WARD2"),
                readers("Series of a day", "/api/measurements/series?" + pair + "&from=" + from + "&to=" + from.plus(Duration.ofDays(1))));
    }

    private Rounds readers(String name, String path) throws Exception {
        Options brief = options.brief();
        List<Load.Client> readers = Collections.nCopies(READERS, Load.getting(path));
        return Rounds.run(
                name + ", " + READERS + " readers",
                gently -> load.run(some(readers, gently), brief.round(), 1, answer -> OK.test(answer) && !answer.contentUtf8().contains("[]")),
                "`GET " + ALIVE + "`",
                gently -> alive(gently ? 1 : READERS, brief),
                brief,
                out);
    }

    private Round alive(int connections, Options how) throws InterruptedException {
        return load.run(Collections.nCopies(connections, Load.getting(ALIVE)), how.round(), 1, OK);
    }

    private static <T> List<T> some(List<T> clients, boolean gently) {
        return gently ? clients.subList(0, 1) : clients;
    }

    /** The one number that a query answers. */
    long count(String sql) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void close() {
        load.close();
    }
}
