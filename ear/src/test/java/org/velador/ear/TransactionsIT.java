package org.velador.ear;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.measurements.control.MeasurementIntake;
import org.velador.platform.control.Time;

@ArquillianTest
class TransactionsIT {

    @EJB
    MeasurementIntake intake;

    @Inject
    Time time;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void injects() {
        assertThat(intake).isNotNull();
        assertThat(time).isNotNull();
    }
}
