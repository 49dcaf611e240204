package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

    private Instance a;
    private Instance b;
    private Instance c;
    private GatewaySite site;

    @BeforeEach
    void start() throws Exception {
        a = new Instance();
        b = new Instance();
        c = new Instance();
        site = new GatewaySite(GatewaySite.withoutProbes(), a.address(), b.address(), c.address());
    }

    @AfterEach
    void stop() {
        site.close();
        a.close();
        b.close();
        c.close();
    }

    @Test
    void targetsTakeStrictTurns() throws Exception {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            answers.add(site.get("/").body());
        }
        for (int i = 0; i < 60; i += 3) {
            assertThat(answers.subList(i, i + 3)).containsExactly(a.name(), b.name(), c.name());
        }
    }

    @Test
    void targetsGivenReplaceThoseOfTheFile() {
        assertThat(site.gateway.targets()).extracting(TargetStatus::address)
                .containsExactly(a.address(), b.address(), c.address());
    }
}
