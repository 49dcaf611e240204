package org.velador.site.control;

import static org.velador.alarms.entity.AlarmEvent.Reason.REMOVED;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.velador.alarms.control.TechnicalAlarms;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Sql;

/** Takes an instance that will not come back off the site. */
@Stateless
public class InstanceRemoval {

    @PersistenceContext
    EntityManager em;

    @EJB
    AuditTrail audit;

    /**
     * Removes a lost instance and clears its alarm.
     *
     * @throws org.velador.platform.control.ProblemException 404 when there is no such instance, 409 when it is not lost
     */
    public void remove(String name) throws SQLException {
        Connection connection = em.unwrap(Connection.class);
        if (new Sql().add("delete from instance i where i.name = ? and is_lost(i) returning i.name", name)
                .list(connection, row -> row.getString(1)).isEmpty()) {
            if (new Sql().add("select name from instance where name = ?", name).list(connection, row -> row.getString(1)).isEmpty()) {
                throw Problem.notFound("instance", name).asException();
            }
            throw new Problem(409, "instance-not-lost", "Instance is not lost",
                    "The instance '" + name + "' has been heard of within the last 15 s: stop it, and it is gone by itself.").asException();
        }
        new TechnicalAlarms(connection, TechnicalAlarms.INSTANCE_LOST).clear(List.of(name), REMOVED);
        audit.record(Action.INSTANCE_REMOVE, name, null);
    }
}
