package org.velador.audit.control;

import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.velador.accounts.control.Caller;
import org.velador.site.control.ThisInstance;

/**
 * Notes what was done: by whom and from where it knows by itself. What it notes is in the transaction of whoever calls, so that
 * there is neither a change without its entry nor an entry of a change that was rolled back.
 */
@Stateless
public class AuditTrail {

    /** Who does what nobody asked for. */
    static final String SYSTEM = "system";

    @PersistenceContext
    EntityManager em;

    @Inject
    Caller caller;

    @Inject
    Occasion occasion;

    @Inject
    ThisInstance self;

    /**
     * Something is done, if the transaction commits.
     *
     * @param object code, MRN or id of what it was done to; null for nothing in particular
     * @param detail what else there is to say; null for nothing. No personal data but MRNs
     */
    public void record(Action action, String object, String detail) {
        record(action, object, action.isOfPatient() && object != null ? List.of(object) : List.of(), detail);
    }

    /** @param patients MRNs of those whom it concerns */
    public void record(Action action, String object, Collection<String> patients, String detail) {
        insert(action, object, patients, detail, Outcome.DONE, null);
    }

    /** An answer is about to be given; it must not be when this fails. */
    public void answered(Action action, String object, Collection<String> patients, String detail, Outcome outcome, int status) {
        insert(action, object, patients, detail, outcome, status);
    }

    /** The answer to this request will name a patient, where nothing in it says so. */
    public void names(String mrn) {
        if (isRequest()) {
            occasion.names(mrn);
        }
    }

    private void insert(Action action, String object, Collection<String> patients, String detail, Outcome outcome, Integer status) {
        Draft draft = isRequest()
                ? new Draft(self.name(), caller.name(), List.copyOf(caller.roles()), action, occasion.method(), occasion.path(), object, patients,
                        detail, outcome, status, caller.address(), caller.correlationId())
                : new Draft(self.name(), SYSTEM, List.of(), action, null, null, object, patients, detail, outcome, status, null, null);
        try {
            draft.insert(em.unwrap(Connection.class));
        } catch (SQLException e) {
            // Rolls the transaction back, and is answered for what it is.
            throw new PersistenceException("What was done could not be noted", e);
        }
    }

    /** Timers may have a request scope too, but nobody has said where they come from. */
    private boolean isRequest() {
        try {
            return !caller.address().isEmpty();
        } catch (ContextNotActiveException e) {
            return false;
        }
    }
}
