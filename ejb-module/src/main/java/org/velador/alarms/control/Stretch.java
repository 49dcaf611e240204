package org.velador.alarms.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.velador.alarms.entity.Assessed;
import org.velador.limits.entity.Breach;
import org.velador.limits.entity.Priority;

/**
 * The part of the past that new measurements can have changed: from the last measurement inside the limits before the first
 * of them to the first one inside the limits after the last of them. What lies beyond is separated from them by these two.
 *
 * @param measurements ordered by takenAt
 */
record Stretch(List<Assessed> measurements) {

    static Stretch around(Connection connection, News news) throws SQLException {
        List<Assessed> measurements = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select taken_at, value, priority, limit_exceeded
                from measurement
                where place_id = ? and variable_id = ?
                  and taken_at >= coalesce((
                      select taken_at from measurement
                      where place_id = ? and variable_id = ? and taken_at < ? and priority is null
                      order by taken_at desc limit 1), '-infinity')
                  and taken_at <= coalesce((
                      select taken_at from measurement
                      where place_id = ? and variable_id = ? and taken_at > ? and priority is null
                      order by taken_at limit 1), 'infinity')
                order by taken_at""")) {
            for (int first : new int[] {1, 3, 6}) {
                select.setInt(first, news.pair().placeId());
                select.setInt(first + 1, news.pair().variableId());
            }
            select.setObject(5, news.measurements().get(0).takenAt());
            select.setObject(8, news.measurements().get(news.measurements().size() - 1).takenAt());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Priority priority = Priority.ofRank((Number) row.getObject(3));
                    measurements.add(new Assessed(
                            row.getObject(1, OffsetDateTime.class),
                            row.getDouble(2),
                            priority == null ? null : new Breach(priority, row.getDouble(4))));
                }
            }
        }
        return new Stretch(measurements);
    }
}
