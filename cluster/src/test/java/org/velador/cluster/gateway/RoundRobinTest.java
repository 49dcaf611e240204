package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    void sixHundredRequestsOnNewConnectionsAreSharedEvenly() throws Exception {
        Map<String, Integer> shares = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            try (Socket socket = new Socket("127.0.0.1", three.site.port())) {
                socket.getOutputStream().write(
                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                shares.merge(body(socket.getInputStream()), 1, Integer::sum);
            }
        }
        assertThat(shares).hasSize(3).allSatisfy((name, share) -> assertThat(share).isBetween(199, 201));
    }

    /** Not up to the end of the connection, which the gateway leaves to the client for a while. */
    private static String body(InputStream answer) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) answer.read());
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        assertThat(length.find()).isTrue();
        return new String(answer.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.US_ASCII);
    }

    @Test
    void targetsGivenReplaceThoseOfTheFile() {
        assertThat(three.site.gateway.targets()).extracting(TargetStatus::address)
                .containsExactly(three.a.address(), three.b.address(), three.c.address());
    }
}
