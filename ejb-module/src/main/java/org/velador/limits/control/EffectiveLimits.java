package org.velador.limits.control;

import java.util.ArrayList;
import java.util.List;
import org.velador.limits.entity.Scope;

/**
 * Which limits a measurement would be held against, and why.
 *
 * @param variable code
 * @param place    code
 * @param limits   null when nothing is watched
 * @param scope    what these limits are for
 * @param why      the same for a person to read
 */
public record EffectiveLimits(String variable, String place, LimitsView limits, Scope scope, String why) {

    /**
     * Explains what {@link LimitsInForce} decided.
     *
     * @param patient MRN of whoever is in the bed; null for nobody
     */
    static EffectiveLimits of(String variable, String place, String ward, String patient, LimitsInForce.Applied applied) {
        Scope scope = applied.scope();
        LimitsView limits = applied.id() == null ? null : LimitsView.of(applied.id(), variable,
                scope == Scope.WARD ? ward : null, scope == Scope.PLACE ? place : null, scope == Scope.PATIENT ? patient : null,
                applied.thresholds());
        return new EffectiveLimits(variable, place, limits, scope, why(variable, place, ward, patient, applied));
    }

    private static String why(String variable, String place, String ward, String patient, LimitsInForce.Applied applied) {
        String winner = switch (applied.scope()) {
            case PATIENT -> "Patient " + patient + ", who is in " + place + ", has limits of their own for " + variable;
            case PLACE -> "Place " + place + " has limits of its own for " + variable;
            case WARD -> "Ward " + ward + " has limits of its own for " + variable;
            case DEFAULT -> applied.id() == null ? "Nothing is watched: " + variable + " has no default limits" : "The default limits of " + variable + " apply";
        };
        List<String> without = new ArrayList<>();
        if (applied.scope().compareTo(Scope.PATIENT) < 0 && patient != null) {
            without.add("patient " + patient);
        }
        if (applied.scope().compareTo(Scope.PLACE) < 0) {
            without.add("place " + place);
        }
        if (applied.scope().compareTo(Scope.WARD) < 0) {
            without.add("ward " + ward);
        }
        return without.isEmpty() ? winner + "." : winner + "; none are set for " + String.join(" or ", without) + ".";
    }
}
