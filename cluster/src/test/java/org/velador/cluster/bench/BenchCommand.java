package org.velador.cluster.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.velador.cluster.bench.Options.Part;
import org.velador.cluster.site.Site;
import org.velador.cluster.site.SiteFailure;
import org.velador.cluster.site.SiteSettings;

/** {@code mvn -Pbench}: measures, prints a table, and writes it to {@code docs/benchmarks.md}. See {@link Options}. */
public final class BenchCommand {

    private static final int READY_WITHIN_SECONDS = 20;
    private static final int MEGABYTES_AT_MOST = 700;
    private static final double SINGLES_GOAL = 0.6;
    private static final double BATCHES_GOAL = 0.5;

    /** What an instance is shipped with. */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private static final String HOW = """

            Clients are a closed loop over HTTP/1.1 through the gateway; the same machine bears them, the gateway, three instances and
            PostgreSQL, so a ratio compares what is left for each. Rounds of the two things compared take turns. One measurement in a
            hundred is beyond a limit, so that alarms are raised and cleared all the time. A single POST stands for a monitor that
            delivers each value at once, a batch for the central station of a ward of 25 beds that delivers eight signals of five
            seconds. The bare insert sends the same rows of other beds into the same table, 8 connections, a commit after each batch.
            """;

    private static final String ROUND_BY_ROUND = """

            Round by round, warm-up included, for a cold JVM is another machine. In parentheses the processor time that a request costs
            the instances, PostgreSQL, and gateway and client:

            """;

    private final Path root;
    private final Options options;
    private final PrintStream out;

    private BenchCommand(Path root, Options options, PrintStream out) {
        this.root = root;
        this.options = options;
        this.out = out;
    }

    /** @param arguments the root of the checkout */
    public static void main(String[] arguments) throws Exception {
        try {
            Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
            BenchCommand bench = new BenchCommand(root, Options.of(System.getProperties()), System.out);
            if (bench.options.has(Part.SINGLE) || bench.options.has(Part.BATCH) || bench.options.has(Part.QUERY)) {
                bench.load();
            }
            if (bench.options.has(Part.GROWTH)) {
                bench.growth();
            }
            if (bench.options.has(Part.FAULTS)) {
                bench.faults();
            }
            if (bench.options.has(Part.AUDIT)) {
                bench.audit();
            }
        } catch (SiteFailure | IllegalArgumentException e) {
            System.err.println("Velador: " + e.getMessage() + ".");
            System.exit(1);
        }
    }

    private void load() throws Exception {
        Figures figures = new Figures();
        List<Rounds> all = new ArrayList<>();
        SiteSettings settings = settings(options.instances());
        long begun = System.nanoTime();
        try (OpenSite open = OpenSite.start(settings);
                Connection database = open.site().database().connectAsSuperuser();
                SiteLoad load = new SiteLoad(open.site(), database, options, out);
                Memory memory = new Memory(open.site().instances())) {
            double ready = (System.nanoTime() - begun) / 1e9;
            String machine = Machine.describe(database, options.command());
            out.printf("%n%s%n%s", machine, Rounds.HEADER);
            Rounds singles = options.has(Part.SINGLE) ? load.singles() : null;
            Rounds batches = options.has(Part.BATCH) ? load.batches() : null;
            List<Rounds> queries = options.has(Part.QUERY) ? load.queries() : List.of();

            figures.add("From built to ready", seconds(ready), "the goal", ready / READY_WITHIN_SECONDS,
                    "at most " + READY_WITHIN_SECONDS + " s", ready <= READY_WITHIN_SECONDS);
            List<Long> resident = memory.greatest();
            figures.add("Greatest RSS of an instance under load",
                    resident.stream().map(mb -> mb + " MB").collect(Collectors.joining(", ")),
                    "heap of " + settings.heap(),
                    Collections.max(resident) / (double) Integer.parseInt(settings.heap().replace("m", "")),
                    "at most " + MEGABYTES_AT_MOST + " MB", Collections.max(resident) <= MEGABYTES_AT_MOST);
            if (singles != null) {
                figures.add(singles, SINGLES_GOAL);
                all.add(singles);
            }
            if (batches != null) {
                figures.add(batches, BATCHES_GOAL);
                all.add(batches);
            }
            if (singles != null || batches != null) {
                long alarms = load.count("select count(*) from alarm");
                long measured = load.count(
                        "select count(*) from measurement m join place p on p.id = m.place_id where p.ward not like 'PLAIN%'");
                figures.add("Alarms", String.format(Locale.ROOT, "%,d rows and %,d events", alarms, load.count("select count(*) from alarm_event")),
                        String.format(Locale.ROOT, "%,d measurements by the application", measured), alarms / (double) measured);
            }
            queries.forEach(figures::add);
            all.addAll(queries);
            String table = figures.toString();
            out.printf("%n%s%n", table);
            if (options.isWholeLoad()) {
                String rounds = all.stream().flatMap(r -> r.lines().stream()).collect(Collectors.joining("\n"));
                write("Load", machine + "\n" + table + HOW
                        + ROUND_BY_ROUND
                        + Rounds.HEADER + rounds);
            }
        }
    }

    private void growth() throws Exception {
        try (OpenSite open = OpenSite.start(settings(1));
                Connection database = open.site().database().connectAsSuperuser();
                Load load = new Load(open.site(), open.site().instances().get(0).uri())) {
            String text = Machine.describe(database, options.command())
                    + "\n" + new Growth(open.site(), database, load, out).growTo(options.rows());
            out.printf("%n%s%n", text);
            write("Growth", text);
        }
    }

    private void faults() throws Exception {
        try (OpenSite open = OpenSite.start(settings(3).withDrain(DRAIN));
                Connection database = open.site().database().connectAsSuperuser()) {
            String machine = Machine.describe(database, options.command());
            String text = machine + "\n" + FaultTable.measure(open.site(), out);
            out.printf("%n%s%n", text);
            write("Faults", text);
        }
    }

    private void audit() throws Exception {
        try (OpenSite open = OpenSite.start(settings(options.instances()));
                Connection database = open.site().database().connectAsSuperuser();
                Load load = new Load(open.site(), open.site().uri())) {
            String machine = Machine.describe(database, options.command());
            out.printf("%n%s%n%s", machine, Rounds.HEADER);
            AuditCost cost = new AuditCost(database, load, options, out);
            List<Rounds> all = List.of(cost.singles(), cost.batches(), cost.reads());
            Figures figures = new Figures();
            all.forEach(figures::add);
            double roundTrip = cost.roundTrip();
            String rounds = all.stream().flatMap(r -> r.lines().stream()).collect(Collectors.joining("\n"));
            String text = machine + "\n" + figures
                    + String.format(Locale.ROOT, "%nAn entry's way to the database and back: %.3f ms. Stored, with its indexes, it takes %d bytes.%n", roundTrip, cost.bytes())
                    + AuditCost.HOW + ROUND_BY_ROUND + Rounds.HEADER + rounds;
            out.printf("%n%s%n", text);
            write("Audit", text);
        }
    }

    private void write(String title, String text) throws IOException {
        Document.write(root.resolve("docs/benchmarks.md"), title, text);
        out.println("Written to docs/benchmarks.md.");
    }

    /** Addresses of its own where the loopback interface has as many as one likes, else whatever is free. */
    private SiteSettings settings(int count) throws IOException {
        SiteSettings free = SiteSettings.temporary(root).withInstances(count);
        InetSocketAddress gateway = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 18600);
        List<InetSocketAddress> instances = new ArrayList<>();
        for (int last : IntStream.range(60, 60 + count).toArray()) {
            instances.add(new InetSocketAddress(InetAddress.getByName("127.0.0." + last), 8080));
        }
        try {
            new ServerSocket(0, 1, instances.get(0).getAddress()).close();
            return new SiteSettings(free.parts(), free.home(), true, instances, gateway, free.admin(), free.kong(),
                    free.rateLimit(), free.database(), free.heap(), Duration.ZERO, free.readyWithin());
        } catch (IOException oneAddressOnly) {
            return free;
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /** A site that also goes when the command is interrupted. */
    private record OpenSite(Site site, Thread hook) implements AutoCloseable {

        static OpenSite start(SiteSettings settings) {
            System.out.println("A site for the benchmark starts; its gateway does not hold clients to a rate.");
            Site site = Site.start(settings);
            Thread hook = new Thread(site::close, "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            return new OpenSite(site, hook);
        }

        @Override
        public void close() {
            site.close();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // The hook runs.
            }
        }
    }
}
