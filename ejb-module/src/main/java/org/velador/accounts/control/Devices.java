package org.velador.accounts.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.velador.accounts.entity.Role;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;
import org.velador.platform.control.Time;

/** Devices and gateways, and the keys they prove themselves with. */
@Stateless
public class Devices {

    private static final String COLUMNS = "code, name, roles, created_at, created_by, last_used_at, revoked_at";

    @PersistenceContext
    EntityManager em;

    @Inject
    Time time;

    @Inject
    Caller caller;

    @EJB
    AuditTrail audit;

    /** The answer to a new device: the only time that its key is shown. */
    public record WithKey(DeviceView device, String key) {
    }

    /** Ordered by code, the revoked ones too. */
    public Page<DeviceView> list(String afterCode, int limit) throws SQLException {
        List<DeviceView> found = new Sql().add("select " + COLUMNS + " from device where code > ? order by code limit ?", afterCode == null ? "" : afterCode, limit + 1)
                .list(connection(), Devices::view);
        return Page.of(found, limit, DeviceView::code);
    }

    public DeviceView get(String code) throws SQLException {
        return new Sql().add("select " + COLUMNS + " from device where code = ?", code).list(connection(), Devices::view)
                .stream().findFirst().orElseThrow(() -> Problem.notFound("device", code).asException());
    }

    public WithKey add(NewDevice asked) throws SQLException {
        String key = DeviceKey.random();
        List<DeviceView> added = new Sql().add("""
                insert into device (code, name, key_hash, created_at, created_by) values (?, ?, ?, ?, ?)
                on conflict on constraint device_code do nothing
                returning\s""" + COLUMNS, asked.code(), asked.name(), DeviceKey.hash(key), time.now(), caller.name())
                .list(connection(), Devices::view);
        if (added.isEmpty()) {
            throw Problem.alreadyExists("device", asked.code()).asException();
        }
        audit.record(Action.DEVICE_ADD, asked.code(), null);
        return new WithKey(added.get(0), key);
    }

    /** From now on its key is none, within 5 s everywhere. The device stays in the list: measurements are in its name. */
    public void revoke(String code) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement("update device set revoked_at = coalesce(revoked_at, ?) where code = ?")) {
            statement.setObject(1, time.now());
            statement.setString(2, code);
            if (statement.executeUpdate() == 0) {
                throw Problem.notFound("device", code).asException();
            }
        }
        audit.record(Action.DEVICE_REVOKE, code, null);
    }

    private Connection connection() {
        return em.unwrap(Connection.class);
    }

    private static DeviceView view(ResultSet row) throws SQLException {
        return new DeviceView(row.getString(1), row.getString(2), Role.names(Role.parse(row.getString(3))), at(row, 4), row.getString(5), at(row, 6), at(row, 7));
    }

    private static OffsetDateTime at(ResultSet row, int column) throws SQLException {
        return Time.utc(row.getObject(column, OffsetDateTime.class));
    }
}
