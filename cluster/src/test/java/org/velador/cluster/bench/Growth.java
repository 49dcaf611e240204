package org.velador.cluster.bench;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.velador.cluster.site.Site;

/** Whether queries stay as fast when the table of measurements is a hundred times as long. */
final class Growth {

    private static final long SMALL = 100_000;
    /** More than the five after which driver and server settle on a plan for all parameters. */
    private static final int ASKED = 15;
    private static final Duration CONNECTED_ANEW_WITHIN = Duration.ofSeconds(30);

    private static final String HOW = """

            40 beds in four wards, eight signals each, one measurement every five minutes: a hundred times as many rows are a hundred
            times as long a history, in weekly partitions. The application is asked over HTTP, %d times each, and PostgreSQL's own
            `auto_explain` says by which plan it ran the statement, as `explain (analyze, buffers)` would: rows are those read from
            all tables, time is that of the last run in PostgreSQL. Where a request sends several statements it is the longest one.
            """.formatted(ASKED);

    private final Load load;
    private final PrintStream out;
    private final Site site;
    private final GrowingTable table;

    Growth(Site site, Connection database, Load load, PrintStream out) throws SQLException {
        this.site = site;
        this.load = load;
        this.out = out;
        this.table = new GrowingTable(database);
    }

    private record Question(String name, String path) {}

    /** Measures at a hundred thousand rows and at as many as wanted; answers a table in Markdown. */
    String growTo(long rows) throws SQLException, IOException, InterruptedException {
        Instant now = table.end();
        table.admit("PRESENT", "WARD1-01", now.minus(Duration.ofDays(3)), null);
        table.admit("LAST-MONTH", "WARD1-02", now.minus(Duration.ofDays(40)), now.minus(Duration.ofDays(37)));
        table.growTo(SMALL);
        Plans plans = Plans.log(site.database());
        awaitAnswer();

        List<Question> questions = questions(now);
        Map<String, PlanSummary> small = ask(questions, plans);
        long smallRows = table.rows();
        for (long step = 1_000_000; step < rows; step += 1_000_000) {
            table.growTo(step);
            out.printf(Locale.ROOT, "%,d measurements%n", table.rows());
        }
        table.growTo(rows);
        table.addFastDay();
        out.printf(Locale.ROOT, "%,d measurements%n", table.rows());
        List<Question> all = Stream.concat(questions.stream(), onlyWithHistory(now).stream()).toList();
        return table(smallRows, small, ask(all, plans));
    }

    private static List<Question> questions(Instant now) {
        Instant dayBefore = now.minus(Duration.ofDays(1));
        return List.of(
                new Question("last ten of a variable at a place", "?variable=heart-rate&place=WARD2-05"),
                new Question("last ten of a place", "?place=WARD2-05"),
                new Question("last ten of a variable", "?variable=heart-rate"),
                new Question("last ten of a ward", "?ward=WARD3"),
                new Question("last ten of all", ""),
                new Question("last thousand of all", "?limit=1000"),
                new Question("last ten of a patient who is there", "?patient=PRESENT"),
                new Question("latest by ward", "/latest?ward=WARD3"),
                new Question("series of a day, one every 5 min", "/series?variable=heart-rate&place=WARD2-05&from=" + dayBefore + "&to=" + now));
    }

    private static List<Question> onlyWithHistory(Instant now) {
        Instant dayBefore = now.minus(Duration.ofDays(1));
        return List.of(
                new Question("last ten of a patient of last month", "?patient=LAST-MONTH"),
                new Question("last ten of a ward, before a day two months ago", "?ward=WARD3&to=" + now.minus(Duration.ofDays(60))),
                new Question("series of a day, one a second", "/series?variable=heart-rate&place=FAST-01&from=" + dayBefore + "&to=" + now));
    }

    /** The application notices that its connections were cut. */
    private void awaitAnswer() throws InterruptedException {
        Instant deadline = Instant.now().plus(CONNECTED_ANEW_WITHIN);
        int good = 0;
        while (good < ASKED) {
            AggregatedHttpResponse answer = load.get("/api/measurements");
            good = answer.status().isSuccess() ? good + 1 : 0;
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the application does not answer after its connections were cut: got " + answer.status()
                        + " " + answer.contentUtf8());
            }
            Thread.sleep(20);
        }
    }

    private Map<String, PlanSummary> ask(List<Question> questions, Plans plans) throws IOException {
        Map<String, PlanSummary> summaries = new LinkedHashMap<>();
        for (Question question : questions) {
            List<Plans.Plan> last = new ArrayList<>();
            for (int i = 0; i < ASKED; i++) {
                plans.next();
                AggregatedHttpResponse answer = load.get("/api/measurements" + question.path());
                if (!answer.status().isSuccess()) {
                    throw new IllegalStateException(question.name() + ": got " + answer.status() + " " + answer.contentUtf8());
                }
                last = plans.next().stream().filter(plan -> plan.statement().contains("measurement")).toList();
            }
            Plans.Plan longest = last.stream().max(Comparator.comparingDouble(Plans.Plan::milliseconds)).orElseThrow();
            summaries.put(question.name(), PlanSummary.of(longest));
            out.println(question.name() + ": " + summaries.get(question.name()));
        }
        return summaries;
    }

    private String table(long smallRows, Map<String, PlanSummary> small, Map<String, PlanSummary> big) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "| Query | at %,d rows | at %,d rows | times | plan at %,d rows |%n|---|---|---|---|---|%n", smallRows, table.rows(), table.rows()));
        big.forEach((name, after) -> {
            PlanSummary before = small.get(name);
            text.append(String.format(Locale.ROOT, "| %s | %s | %s | %s | %s |%n", name,
                    before == null ? "" : cell(before), cell(after),
                    before == null ? "" : String.format(Locale.ROOT, "%.1f", after.milliseconds() / before.milliseconds()),
                    String.join(", ", after.scans())));
        });
        return text + HOW;
    }

    private static String cell(PlanSummary plan) {
        return String.format(Locale.ROOT, "%.2f ms; %s", plan.milliseconds(), plan.text());
    }
}
