package org.velador.site.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.velador.site.control.LoadBalancerView.Target;

class KongAdminTest {

    @Test
    void healthOfEachTargetIsRead() {
        // What stands in it besides is ignored.
        LoadBalancerView view = KongAdmin.read("""
                {"next":null,"node_id":"6e8b1f6c","data":[
                 {"id":"1","target":"10.128.0.10:8080","weight":100,"health":"HEALTHY","data":{"nodeWeight":100}},
                 {"id":"2","target":"10.128.0.11:8080","weight":100,"health":"UNHEALTHY","data":{"nodeWeight":100}}]}""");

        assertThat(view.known()).isTrue();
        assertThat(view.targets()).containsExactly(
                new Target("10.128.0.10:8080", "HEALTHY", null), new Target("10.128.0.11:8080", "UNHEALTHY", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[]}", "{\"data\":{}}"})
    void upstreamWithoutTargetsHasNone(String answer) {
        assertThat(KongAdmin.read(answer)).isEqualTo(new LoadBalancerView(true, null, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"data\":[1]}", "{\"data\":[{}]}"})
    void anotherAnswerIsUnknown(String answer) {
        assertThat(KongAdmin.read(answer).known()).isFalse();
        assertThat(KongAdmin.read(answer).reason()).contains("something else");
    }

    @Test
    void withoutAnAddressItIsUnknown() {
        assertThat(new KongAdmin(" ").ask().join()).isEqualTo(LoadBalancerView.unknown("VELADOR_KONG_ADMIN is not set."));
    }

    @Test
    void adminThatIsAwayIsUnknown() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(new KongAdmin("http://127.0.0.1:" + free).ask().join().reason()).isEqualTo("Kong's Admin API does not answer.");
    }

    @Test
    void adminThatHangsIsUnknownInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<LoadBalancerView> asked = new KongAdmin("http://127.0.0.1:" + silent.getLocalPort() + "/").ask();

            assertThat(asked.get(2, TimeUnit.SECONDS).reason()).isEqualTo("Kong's Admin API does not answer.");
        }
    }
}
