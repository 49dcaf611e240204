package org.velador.limits.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.velador.limits.entity.Thresholds;

/** Reads the limits that a set of measurements may need, in one query. */
public final class LimitsReader {

    /** Each branch finds its rows by an index, so that the limits of patients of long ago cost nothing. */
    private static final String QUERY = """
            select id, variable_id, ward, place_id, patient_id, medium_low, medium_high, high_low, high_high
            from limits
            where variable_id = any (?) and ward is null and place_id is null and patient_id is null
            union all
            select id, variable_id, ward, place_id, patient_id, medium_low, medium_high, high_low, high_high
            from limits
            where variable_id = any (?) and ward in (select ward from place where id = any (?))
            union all
            select id, variable_id, ward, place_id, patient_id, medium_low, medium_high, high_low, high_high
            from limits
            where variable_id = any (?) and place_id = any (?)
            union all
            select id, variable_id, ward, place_id, patient_id, medium_low, medium_high, high_low, high_high
            from limits
            where variable_id = any (?) and patient_id in (select patient_id from stay where place_id = any (?))
            """;

    private LimitsReader() {
    }

    /**
     * The limits of these variables at these places, including those of every patient who ever lay there.
     *
     * @param connection used and left open; what it has changed but not committed counts
     */
    public static LimitsInForce load(Connection connection, int[] variableIds, int[] placeIds) throws SQLException {
        LimitsInForce.Builder limits = new LimitsInForce.Builder();
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            int i = 0;
            query.setObject(++i, variableIds);
            for (int branch = 0; branch < 3; branch++) {
                query.setObject(++i, variableIds);
                query.setObject(++i, placeIds);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    limits.add(row.getInt("id"), row.getInt("variable_id"), row.getString("ward"), row.getObject("place_id", Integer.class),
                            row.getObject("patient_id", Long.class),
                            new Thresholds(row.getObject("medium_low", Double.class), row.getObject("medium_high", Double.class),
                                    row.getObject("high_low", Double.class), row.getObject("high_high", Double.class)));
                }
            }
        }
        return limits.build();
    }
}
