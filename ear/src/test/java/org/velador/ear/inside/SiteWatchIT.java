package org.velador.ear.inside;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.platform.control.Migrations;
import org.velador.site.control.SiteView;
import org.velador.site.control.SiteWatch;

/** Looking at the site beside a pool that is used up. */
@ArquillianTest
class SiteWatchIT {

    @Inject
    SiteWatch watch;

    @Resource(mappedName = Migrations.DATA_SOURCE)
    DataSource dataSource;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void usedUpPoolDoesNotKeepAnybodyFromLookingAtTheSite() throws Exception {
        List<Connection> all = new ArrayList<>();
        try {
            takeAll(all);
            Instant start = Instant.now();
            SiteView site = watch.site();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertThat(site.database().reachable()).isTrue();
            assertThat(site.instances()).isNotEmpty();
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    private void takeAll(List<Connection> all) {
        try {
            while (all.size() < 100) {
                all.add(dataSource.getConnection());
            }
        } catch (SQLException usedUp) {
            return;
        }
        throw new AssertionError("The pool has no end.");
    }
}
