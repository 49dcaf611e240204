package org.velador.audit.control;

import jakarta.persistence.EntityManager;
import org.velador.accounts.control.Caller;
import org.velador.site.control.ThisInstance;

/** Hands the audit trail what the container would. */
public final class AuditTrailInTests {

    private AuditTrailInTests() {
    }

    /** Where nobody has sent a request. */
    public static AuditTrail on(EntityManager em) {
        return on(em, "this", new Caller(), new Occasion());
    }

    /** On an instance of this name. */
    static AuditTrail on(EntityManager em, String instance, Caller caller, Occasion occasion) {
        AuditTrail trail = new AuditTrail();
        trail.em = em;
        trail.caller = caller;
        trail.occasion = occasion;
        trail.self = new ThisInstance() {
            @Override
            public String name() {
                return instance;
            }
        };
        return trail;
    }
}
