package org.velador.cluster.bench;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What one round came to.
 *
 * @param units how many of what was counted: requests, or measurements
 * @param errors requests that were not answered as they should
 * @param latencies of the requests, in microseconds
 * @param cpu what it cost
 */
record Round(long units, long errors, double seconds, Histogram latencies, Cpu cpu) {

    double perSecond() {
        return units / seconds;
    }

    /** Several as one. */
    static Round sum(List<Round> rounds) {
        Histogram all = new Histogram(3);
        rounds.forEach(round -> all.add(round.latencies));
        return new Round(
                rounds.stream().mapToLong(Round::units).sum(),
                rounds.stream().mapToLong(Round::errors).sum(),
                rounds.stream().mapToDouble(Round::seconds).sum(),
                all,
                rounds.stream().map(Round::cpu).reduce(new Cpu(0, 0, 0), Cpu::plus));
    }

    String rate() {
        return String.format(Locale.ROOT, "%,.0f/s", perSecond()) + (errors == 0 ? "" : ", " + errors + " ERRORS");
    }

    String percentiles() {
        return String.format(Locale.ROOT, "p50 %.1f ms, p99 %.1f ms",
                latencies.getValueAtPercentile(50) / 1e3, latencies.getValueAtPercentile(99) / 1e3);
    }

    /** Processor time of a request: of the instances, of PostgreSQL, of gateway and client. */
    String cost() {
        return cpu.text(latencies.getTotalCount());
    }
}
