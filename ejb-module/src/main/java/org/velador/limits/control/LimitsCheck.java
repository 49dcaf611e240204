package org.velador.limits.control;

import java.util.ArrayList;
import java.util.List;
import org.velador.limits.entity.Thresholds;
import org.velador.platform.control.Problem.Violation;

/**
 * What limits must be like to make sense: for one thing only, in order (high low ≤ medium low < medium high ≤ high high),
 * and within what the variable can plausibly be, for a limit outside could never be exceeded. Pure.
 */
final class LimitsCheck {

    private final List<Violation> violations = new ArrayList<>();

    private LimitsCheck() {
    }

    /** At most one of ward, place and patient is named. */
    static List<Violation> scope(LimitsView asked) {
        List<String> named = new ArrayList<>();
        if (asked.ward() != null) {
            named.add("ward");
        }
        if (asked.place() != null) {
            named.add("place");
        }
        if (asked.patient() != null) {
            named.add("patient");
        }
        if (named.size() <= 1) {
            return List.of();
        }
        return named.stream()
                .map(field -> new Violation(field, "given together with others (expected: at most one of ward, place and patient)"))
                .toList();
    }

    /**
     * The bounds are in order and plausible, and there is one at least.
     *
     * @param plausibleLow  of the variable, in its unit
     * @param plausibleHigh of the variable, in its unit
     */
    static List<Violation> bounds(Thresholds t, double plausibleLow, double plausibleHigh) {
        if (t.equals(Thresholds.NONE)) {
            return List.of(new Violation("medium", "no bound in medium and high (expected: one at least)"));
        }
        LimitsCheck check = new LimitsCheck();
        check.plausible("medium.low", t.mediumLow(), plausibleLow, plausibleHigh);
        check.plausible("medium.high", t.mediumHigh(), plausibleLow, plausibleHigh);
        check.plausible("high.low", t.highLow(), plausibleLow, plausibleHigh);
        check.plausible("high.high", t.highHigh(), plausibleLow, plausibleHigh);
        check.below("medium.low", t.mediumLow(), "medium.high", t.mediumHigh());
        check.below("high.low", t.highLow(), "high.high", t.highHigh());
        check.below("medium.low", t.mediumLow(), "high.high", t.highHigh());
        check.below("high.low", t.highLow(), "medium.high", t.mediumHigh());
        if (t.highLow() != null && t.mediumLow() != null && t.highLow() > t.mediumLow()) {
            check.violated("high.low", t.highLow() + " (expected: at most medium.low, " + t.mediumLow() + ")");
        }
        if (t.highHigh() != null && t.mediumHigh() != null && t.highHigh() < t.mediumHigh()) {
            check.violated("high.high", t.highHigh() + " (expected: at least medium.high, " + t.mediumHigh() + ")");
        }
        return List.copyOf(check.violations);
    }

    private void plausible(String field, Double bound, double low, double high) {
        if (bound != null && !(bound >= low && bound <= high)) {
            violated(field, bound + " (expected: from " + low + " to " + high + ", the plausible range of the variable)");
        }
    }

    private void below(String lowField, Double low, String highField, Double high) {
        if (low != null && high != null && low >= high) {
            violated(lowField, low + " (expected: below " + highField + ", " + high + ")");
        }
    }

    private void violated(String field, String detail) {
        violations.add(new Violation(field, detail));
    }
}
