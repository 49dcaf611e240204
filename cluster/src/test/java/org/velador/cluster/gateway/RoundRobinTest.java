package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

    private ThreeInstances three;

    @BeforeEach
    void start() throws Exception {
        three = new ThreeInstances(GatewaySite.withoutProbes());
    }

    @AfterEach
    void stop() {
        three.close();
    }

    @Test
    void targetsTakeStrictTurns() throws Exception {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            answers.add(three.site.get("/").body());
        }
        for (int i = 0; i < 60; i += 3) {
            assertThat(answers.subList(i, i + 3)).containsExactly(three.a.name(), three.b.name(), three.c.name());
        }
    }

    @Test
    void targetsGivenReplaceThoseOfTheFile() {
        assertThat(three.site.gateway.targets()).extracting(TargetStatus::address)
                .containsExactly(three.a.address(), three.b.address(), three.c.address());
    }
}
