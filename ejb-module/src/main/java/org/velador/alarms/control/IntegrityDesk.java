package org.velador.alarms.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.velador.accounts.control.Caller;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;

/** Integrity alarms for people: listed, and resolved with a reason. */
@Stateless
public class IntegrityDesk {

    @PersistenceContext
    EntityManager em;

    @Inject
    Caller caller;

    @EJB
    AuditTrail audit;

    /** Raised last first. */
    public Page<IntegrityAlarmView> list(boolean openOnly, String cursor, int limit) throws SQLException {
        return Page.of(alarms().list(openOnly, before(cursor), limit + 1), limit, alarm -> Long.toString(alarm.id()));
    }

    /**
     * Ends an alarm for good, in the caller's name.
     *
     * @throws org.velador.platform.control.ProblemException 404 when there is no such alarm, 409 when it is resolved already
     */
    public IntegrityAlarmView resolve(long id, String reason) throws SQLException {
        boolean wasOpen = alarms().resolve(id, caller.name() + ": " + reason.strip());
        List<IntegrityAlarmView> found = alarms().find(id);
        if (found.isEmpty()) {
            throw Problem.notFound("integrity alarm", id).asException();
        }
        if (!wasOpen) {
            throw new Problem(409, "already-resolved", "Already resolved",
                    "The integrity alarm '" + id + "' was resolved at " + found.get(0).resolvedAt() + ".").asException();
        }
        audit.record(Action.ALARM_RESOLVE, Long.toString(id), Stream.ofNullable(found.get(0).patient()).toList(), null);
        return found.get(0);
    }

    private IntegrityAlarms alarms() {
        return new IntegrityAlarms(em.unwrap(Connection.class));
    }

    private static Long before(String cursor) {
        try {
            return cursor == null ? null : Long.valueOf(Page.decode(cursor));
        } catch (NumberFormatException e) {
            throw Page.invalidCursor(cursor);
        }
    }
}
