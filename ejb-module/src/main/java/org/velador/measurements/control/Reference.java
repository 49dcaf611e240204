package org.velador.measurements.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The variables and places that a request names, as they are now. */
record Reference(Map<String, MeasuredVariable> variables, Map<String, MeasuredPlace> places) {

    record MeasuredVariable(int id, String code, String unit, double plausibleLow, double plausibleHigh) {
    }

    record MeasuredPlace(int id, String code, String ward) {
    }

    static Reference load(Connection connection, Set<String> variableCodes, Set<String> placeCodes) throws SQLException {
        Map<String, MeasuredVariable> variables = new HashMap<>();
        Map<String, MeasuredPlace> places = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select true, id, code, unit, plausible_low, plausible_high from variable where code = any (?)
                union all
                select false, id, code, ward, null, null from place where code = any (?)""")) {
            select.setArray(1, connection.createArrayOf("text", variableCodes.toArray()));
            select.setArray(2, connection.createArrayOf("text", placeCodes.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String code = row.getString(3);
                    if (row.getBoolean(1)) {
                        variables.put(code, new MeasuredVariable(row.getInt(2), code, row.getString(4), row.getDouble(5), row.getDouble(6)));
                    } else {
                        places.put(code, new MeasuredPlace(row.getInt(2), code, row.getString(4)));
                    }
                }
            }
        }
        return new Reference(variables, places);
    }
}
