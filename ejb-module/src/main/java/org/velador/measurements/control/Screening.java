package org.velador.measurements.control;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.velador.measurements.control.Reference.MeasuredPlace;
import org.velador.measurements.control.Reference.MeasuredVariable;
import org.velador.platform.control.Problem;
import org.velador.platform.control.ProblemException;
import org.velador.platform.control.Time;

/** Decides, without looking at any other measurement, whether a draft can be stored. */
final class Screening {

    /** A device's clock may run ahead this much. */
    static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    static final int LONGEST_DEVICE = 120;

    private static final OffsetDateTime EARLIEST = OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final Reference reference;
    private final OffsetDateTime now;

    Screening(Reference reference, OffsetDateTime now) {
        this.reference = reference;
        this.now = now;
    }

    /**
     * What is to be stored of a draft.
     *
     * @throws ProblemException when it cannot be stored
     */
    Candidate screen(Draft draft) {
        MeasuredVariable variable = reference.variables().get(required("variable", draft.variable()));
        if (variable == null) {
            throw refused("unknown-variable", "Unknown variable", "variable: '" + draft.variable() + "' (expected: the code of a variable in /api/variables)");
        }
        MeasuredPlace place = reference.places().get(required("place", draft.place()));
        if (place == null) {
            throw refused("unknown-place", "Unknown place", "place: '" + draft.place() + "' (expected: the code of a place in /api/places)");
        }
        if (draft.unit() != null && !draft.unit().equals(variable.unit())) {
            throw refused("unit-mismatch", "Wrong unit", "unit: '" + draft.unit() + "' (expected: '" + variable.unit() + "' for " + variable.code() + ")");
        }
        double value = plausible(required("value", draft.value()), variable);
        OffsetDateTime takenAt = draft.takenAt() == null ? now : draft.takenAt();
        if (takenAt.isAfter(now.plus(MOST_AHEAD))) {
            throw refused("taken-in-the-future", "Taken in the future",
                    "takenAt: " + takenAt + " (expected: at most 5 minutes after now, " + now + ")");
        }
        if (takenAt.isBefore(EARLIEST)) {
            throw invalid("takenAt: " + takenAt + " (expected: after " + EARLIEST + ")");
        }
        if (draft.device() != null && (draft.device().length() > LONGEST_DEVICE || !isText(draft.device()))) {
            throw invalid("device: (expected: at most " + LONGEST_DEVICE + " characters, none of them a control character)");
        }
        // Not before: at the ends of what a time can be there is none in UTC.
        return new Candidate(draft.index(), variable, place, Time.utc(takenAt), value, draft.device());
    }

    /** Whether PostgreSQL can hold it as text and a person can read it. */
    static boolean isText(String s) {
        // A surrogate that is a code point of its own lacks its other half.
        return s.codePoints().noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    private static double plausible(double value, MeasuredVariable variable) {
        if (Double.isNaN(value)) {
            throw invalid("value: not a number (expected: a number)");
        }
        if (value < variable.plausibleLow() || value > variable.plausibleHigh()) {
            throw refused("implausible-value", "Implausible value", "value: " + value + " (expected: from " + variable.plausibleLow()
                    + " to " + variable.plausibleHigh() + " " + variable.unit() + " for " + variable.code() + ")");
        }
        // -0.0 and 0.0 are one value to a reader, but not to whoever compares bits.
        return value == 0 ? 0.0 : value;
    }

    private static <T> T required(String field, T value) {
        if (value == null) {
            throw invalid(field + ": missing (expected: a value)");
        }
        return value;
    }

    private static ProblemException invalid(String detail) {
        return refused("invalid-measurement", "Invalid measurement", detail);
    }

    private static ProblemException refused(String slug, String title, String detail) {
        return new Problem(422, slug, title, detail).asException();
    }
}
