package org.velador.alarms.control;

import jakarta.persistence.EntityManager;

/** Hands the alarm desk what the container would. */
public final class AlarmDeskInTests {

    private AlarmDeskInTests() {
    }

    public static AlarmDesk on(EntityManager em) {
        AlarmDesk desk = new AlarmDesk();
        desk.em = em;
        return desk;
    }
}
