package org.velador.patients.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Reads the stays that a set of measurements may belong to, in one query. */
public final class StaysReader {

    private StaysReader() {
    }

    /**
     * The stays in these places that touch the time from {@code from} to {@code to}, both included.
     *
     * @param connection used and left open; what it has changed but not committed counts
     */
    public static Stays load(Connection connection, int[] placeIds, OffsetDateTime from, OffsetDateTime to) throws SQLException {
        Stays stays = new Stays();
        // The range expression is that of the exclusion constraint, whose index answers this.
        try (PreparedStatement query = connection.prepareStatement("""
                select s.place_id, s.admitted_at, s.discharged_at, p.id, p.mrn
                from stay s join patient p on p.id = s.patient_id
                where s.place_id = any (?) and tstzrange(s.admitted_at, s.discharged_at) && tstzrange(?, ?, '[]')
                """)) {
            query.setObject(1, placeIds);
            query.setObject(2, from);
            query.setObject(3, to);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    stays.add(row.getInt("place_id"), row.getObject("admitted_at", OffsetDateTime.class),
                            row.getObject("discharged_at", OffsetDateTime.class),
                            new Stays.Occupant(row.getLong("id"), row.getString("mrn")));
                }
            }
        }
        return stays;
    }
}
