package org.velador.limits.control;

import java.util.HashMap;
import java.util.Map;
import org.velador.limits.entity.Scope;
import org.velador.limits.entity.Thresholds;

/**
 * Decides which limits apply to a measurement: those of the patient, else those of the place, else those of the ward,
 * else the default of the variable. Rows are never mixed: an override without an upper limit has none, whatever the
 * default says.
 *
 * <p>Pure and immutable: {@link LimitsReader} fills one for a whole batch.
 */
public final class LimitsInForce {

    /**
     * Limits and what they are for.
     *
     * @param id null, with {@link Thresholds#NONE}, where a variable has no default
     */
    public record Applied(Integer id, Scope scope, Thresholds thresholds) {

        private static final Applied NONE = new Applied(null, Scope.DEFAULT, Thresholds.NONE);
    }

    /** At most one of ward, place and patient, like the unique constraint of the table. */
    private record Key(int variableId, String ward, Integer placeId, Long patientId) {
    }

    private final Map<Key, Applied> rows;

    private LimitsInForce(Map<Key, Applied> rows) {
        this.rows = Map.copyOf(rows);
    }

    /** The limits of a measurement; {@link Thresholds#NONE} when nobody set any. */
    public Thresholds forMeasurement(int variableId, int placeId, String ward, Long patientId) {
        return applied(variableId, placeId, ward, patientId).thresholds();
    }

    /**
     * The limits of a measurement and what they are for.
     *
     * @param patientId whoever is in the bed when it is taken; null for nobody
     */
    public Applied applied(int variableId, int placeId, String ward, Long patientId) {
        if (patientId != null) {
            Applied forPatient = rows.get(new Key(variableId, null, null, patientId));
            if (forPatient != null) {
                return forPatient;
            }
        }
        Applied forPlace = rows.get(new Key(variableId, null, placeId, null));
        if (forPlace != null) {
            return forPlace;
        }
        Applied forWard = rows.get(new Key(variableId, ward, null, null));
        if (forWard != null) {
            return forWard;
        }
        return rows.getOrDefault(new Key(variableId, null, null, null), Applied.NONE);
    }

    /** Collects rows. */
    static final class Builder {

        private final Map<Key, Applied> rows = new HashMap<>();

        /** Adds a row for at most one of ward, place and patient; for none of them it is the default of the variable. */
        Builder add(int id, int variableId, String ward, Integer placeId, Long patientId, Thresholds thresholds) {
            Scope scope = patientId != null ? Scope.PATIENT : placeId != null ? Scope.PLACE : ward != null ? Scope.WARD : Scope.DEFAULT;
            rows.put(new Key(variableId, ward, placeId, patientId), new Applied(id, scope, thresholds));
            return this;
        }

        LimitsInForce build() {
            return new LimitsInForce(rows);
        }
    }
}
