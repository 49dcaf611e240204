package org.velador.cluster.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two things measured by turns, so that whatever else the machine does falls on both: rounds that only warm up, then those
 * that count.
 */
final class Rounds {

    static final String HEADER = """
            | | Round | Measured | Beside it | Ratio |
            |---|---|---|---|---|
            """;

    /** Measures once; gently at the very first time, with one client, for nobody meets a server that has never worked before in a crowd. */
    interface Measurement {
        Round run(boolean gently) throws Exception;
    }

    private final String name;
    private final String besideName;
    private final List<Round> counted = new ArrayList<>();
    private final List<Round> besideCounted = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private Rounds(String name, String besideName) {
        this.name = name;
        this.besideName = besideName;
    }

    static Rounds run(String name, Measurement measured, String besideName, Measurement beside, Options options, PrintStream out)
            throws Exception {
        Rounds rounds = new Rounds(name, besideName);
        for (int i = 1 - options.warmUps(); i <= options.rounds(); i++) {
            boolean gently = i == 1 - options.warmUps();
            Round besideRound = beside.run(gently);
            Round round = measured.run(gently);
            if (i > 0) {
                rounds.counted.add(round);
                rounds.besideCounted.add(besideRound);
            }
            String number = i > 0 ? "round " + i : "warm-up " + (i + options.warmUps());
            String line = String.format(Locale.ROOT, "| %s | %s | %s | %s | %.2f |", name, number, text(round), text(besideRound),
                    round.perSecond() / besideRound.perSecond());
            rounds.lines.add(line);
            out.println(line);
        }
        return rounds;
    }

    private static String text(Round round) {
        return round.rate() + ", " + round.percentiles() + " (" + round.cost() + ")";
    }

    Round measured() {
        return Round.sum(counted);
    }

    Round beside() {
        return Round.sum(besideCounted);
    }

    String name() {
        return name;
    }

    String besideName() {
        return besideName;
    }

    /** How many times the one is the other. */
    double ratio() {
        return measured().perSecond() / beside().perSecond();
    }

    /** Rows of a table in Markdown. */
    List<String> lines() {
        return lines;
    }
}
