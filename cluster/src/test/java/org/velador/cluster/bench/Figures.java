package org.velador.cluster.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table at the end. A goal that is missed is said, not punished. */
final class Figures {

    private static final String HEADER = """
            | Figure | Measured | Beside it | Ratio | Goal | |
            |---|---|---|---|---|---|
            """;

    private final List<String> rows = new ArrayList<>();

    /** A figure with nothing to reach. */
    void add(String figure, String measured, String beside, double ratio) {
        row(figure, measured, beside, ratio, "", "");
    }

    void add(String figure, String measured, String beside, double ratio, String goal, boolean reached) {
        row(figure, measured, beside, ratio, goal, reached ? "reached" : "MISSED");
    }

    void add(Rounds rounds) {
        add(rounds.name(), text(rounds.measured()), rounds.besideName() + ": " + text(rounds.beside()), rounds.ratio());
    }

    void add(Rounds rounds, double goal) {
        add(rounds.name(), text(rounds.measured()), rounds.besideName() + ": " + text(rounds.beside()), rounds.ratio(),
                "ratio " + goal, rounds.ratio() >= goal);
    }

    private static String text(Round round) {
        return round.rate() + ", " + round.percentiles();
    }

    private void row(String figure, String measured, String beside, double ratio, String goal, String verdict) {
        rows.add(String.format(Locale.ROOT, "| %s | %s | %s | %.2f | %s | %s |%n", figure, measured, beside, ratio, goal, verdict));
    }

    @Override
    public String toString() {
        return HEADER + String.join("", rows);
    }
}
