package org.velador.alarms.control;

import jakarta.persistence.EntityManager;
import org.velador.audit.control.AuditTrailInTests;

/** Hands the alarm desk what the container would. */
public final class AlarmDeskInTests {

    private AlarmDeskInTests() {
    }

    public static AlarmDesk on(EntityManager em) {
        AlarmDesk desk = new AlarmDesk();
        desk.em = em;
        desk.audit = AuditTrailInTests.on(em);
        return desk;
    }
}
