package org.velador.cluster.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Wards with beds, put into the database as the register of places would. */
record Beds(String ward, String[] codes, int[] ids) {

    static Beds make(Connection database, String ward, int count) throws SQLException {
        String[] codes = IntStream.rangeClosed(1, count).mapToObj(bed -> "%s-%02d".formatted(ward, bed)).toArray(String[]::new);
        int[] ids = new int[count];
        try (PreparedStatement insert =
                database.prepareStatement("insert into place (code, ward, kind) values (?, ?, 'BED') returning id")) {
            for (int i = 0; i < count; i++) {
                insert.setString(1, codes[i]);
                insert.setString(2, ward);
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    ids[i] = row.getInt(1);
                }
            }
        }
        return new Beds(ward, codes, ids);
    }

    /** Ids of the variables, in the order of {@link Signal}. */
    static int[] signals(Connection database) throws SQLException {
        Map<String, Integer> ids = new HashMap<>();
        try (var statement = database.createStatement();
                ResultSet row = statement.executeQuery("select code, id from variable")) {
            while (row.next()) {
                ids.put(row.getString(1), row.getInt(2));
            }
        }
        return java.util.Arrays.stream(Signal.values()).mapToInt(signal -> ids.get(signal.code)).toArray();
    }
}
