package org.velador.patients.control;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.velador.patients.entity.Sex;
import org.velador.platform.control.Time;

/**
 * What a patient's data were before a change.
 *
 * @param version   the one that was replaced
 * @param changedAt when it was replaced, in UTC
 */
public record PatientChangeView(int version, String name, LocalDate birthDate, Sex sex, OffsetDateTime changedAt, String changedBy) {

    static PatientChangeView read(ResultSet row) throws SQLException {
        return new PatientChangeView(row.getInt(1), row.getString(2), row.getObject(3, LocalDate.class), Sex.valueOf(row.getString(4)),
                Time.utc(row.getObject(5, OffsetDateTime.class)), row.getString(6));
    }
}
