package org.velador.site.control;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.velador.platform.control.Sql;
import org.velador.site.entity.InstanceState;

/**
 * What the database knew of the site at one time.
 *
 * @param at            by the database's clock
 * @param instances     by name
 * @param schemaVersion the newest migration that was applied
 */
record Snapshot(OffsetDateTime at, List<InstanceView.Told> instances, DatabaseView database, String schemaVersion) {

    static Snapshot read(Connection connection) throws SQLException {
        // First and by itself: what it takes is the way there and back.
        long start = System.nanoTime();
        OffsetDateTime at = new Sql().add("select now()").list(connection, row -> row.getObject(1, OffsetDateTime.class)).get(0);
        double roundTrip = Math.round((System.nanoTime() - start) / 1e3) / 1e3;
        return new Sql().add("""
                select pg_database_size(current_database()), current_setting('server_version'),
                       (select version from flyway_schema_history where success and version is not null
                        order by installed_rank desc limit 1)""")
                .list(connection, row -> new Snapshot(at, instances(connection),
                        new DatabaseView(true, null, roundTrip, row.getLong(1), row.getString(2)), row.getString(3)))
                .get(0);
    }

    private static List<InstanceView.Told> instances(Connection connection) throws SQLException {
        return new Sql().add("""
                select i.name, i.address, i.version, i.started_at, i.last_seen, case when is_lost(i) then 'LOST' else i.state end,
                       i.requests_per_second, i.p99_ms, i.in_flight,
                       coalesce(i.contested_at > now() - interval '15 seconds', false),
                       array(select key from jsonb_each_text(i.settings) order by key),
                       array(select value from jsonb_each_text(i.settings) order by key)
                from instance i
                order by i.name""").list(connection, Snapshot::instance);
    }

    private static InstanceView.Told instance(ResultSet row) throws SQLException {
        String[] names = strings(row.getArray(11));
        String[] values = strings(row.getArray(12));
        Map<String, String> settings = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            settings.put(names[i], values[i]);
        }
        return new InstanceView.Told(
                new InstanceView(row.getString(1), row.getString(2), row.getString(3), row.getObject(4, OffsetDateTime.class),
                        row.getObject(5, OffsetDateTime.class), InstanceState.valueOf(row.getString(6)),
                        row.getDouble(7), row.getObject(8, Double.class), row.getInt(9)),
                row.getBoolean(10), settings);
    }

    private static String[] strings(Array array) throws SQLException {
        return (String[]) array.getArray();
    }
}
