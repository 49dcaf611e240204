package org.velador.site.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.velador.site.entity.InstanceState;

/** The rows by which instances tell of themselves. */
final class InstanceRows {

    private final Connection connection;

    InstanceRows(Connection connection) {
        this.connection = connection;
    }

    /**
     * An instance says that it lives. A gap of more than one heartbeat makes it new to the site: while the database was away nobody
     * was heard, and whoever comes back first must not judge the others by that.
     *
     * @param again whether this run of it has said so before: then another run in its row is a second process of the same name
     * @return whether there is such a second process
     */
    boolean tell(ThisInstance who, InstanceState state, Traffic.Figures traffic, boolean again) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into instance as i (name, run, address, version, started_at, heard_since, last_seen, state,
                                           requests_per_second, p99_ms, in_flight, settings)
                values (?, ?, replace(?, '0.0.0.0', coalesce(host(inet_client_addr()), '0.0.0.0')), ?,
                        now() - ? * interval '1 millisecond', now(), now(), ?, ?, ?, ?, jsonb_object(?::text[], ?::text[]))
                on conflict (name) do update set
                    run = excluded.run,
                    address = excluded.address,
                    version = excluded.version,
                    started_at = case when i.run = excluded.run then i.started_at else excluded.started_at end,
                    heard_since = case when i.run = excluded.run and i.last_seen > now() - interval '7 seconds'
                                       then i.heard_since else now() end,
                    contested_at = case when i.run <> excluded.run and ? then now() else i.contested_at end,
                    last_seen = excluded.last_seen,
                    state = excluded.state,
                    requests_per_second = excluded.requests_per_second,
                    p99_ms = excluded.p99_ms,
                    in_flight = excluded.in_flight,
                    settings = excluded.settings
                returning coalesce(contested_at = now(), false)""")) {
            List<Setting> settings = who.settings().stream().filter(s -> s.value() != null).toList();
            statement.setString(1, who.name());
            statement.setObject(2, who.run());
            statement.setString(3, who.address());
            statement.setString(4, who.version());
            statement.setLong(5, who.uptimeMillis());
            statement.setString(6, state.name());
            statement.setDouble(7, traffic.perSecond());
            statement.setObject(8, traffic.p99Millis());
            statement.setInt(9, traffic.inFlight());
            statement.setArray(10, connection.createArrayOf("text", settings.stream().map(Setting::name).toArray()));
            statement.setArray(11, connection.createArrayOf("text", settings.stream().map(Setting::value).toArray()));
            statement.setBoolean(12, again);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** It stops in order: there is nothing left that could be lost. */
    void remove(ThisInstance who) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from instance where name = ? and run = ?")) {
            statement.setString(1, who.name());
            statement.setObject(2, who.run());
            statement.executeUpdate();
        }
    }
}
