package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class KongFileTest {

    private static final List<InetSocketAddress> LOCAL =
            List.of(new InetSocketAddress("127.0.0.10", 8080), new InetSocketAddress("127.0.0.11", 8081));

    @Test
    void onlyTheTargetsChange() throws Exception {
        KongFile shipped = KongFile.read(GatewaySite.KONG_YML);
        KongConfig before = KongConfig.parse(shipped.text());
        KongConfig after = KongConfig.parse(shipped.withTargets(LOCAL).text());
        assertThat(before).isEqualTo(KongConfig.read(GatewaySite.KONG_YML));
        assertThat(after.upstream().targets()).isEqualTo(LOCAL);
        assertThat(after.upstream().healthchecks()).isEqualTo(before.upstream().healthchecks());
        assertThat(after.services()).isEqualTo(before.services());
        assertThat(after.plugins()).isEqualTo(before.plugins());
    }

    @Test
    void pluginsCanBeLeftOut() throws Exception {
        assertThat(KongFile.read(GatewaySite.KONG_YML).withoutPlugins().text()).doesNotContain("plugins", "correlation-id");
    }

    @Test
    void onePluginCanBeLeftOut() throws Exception {
        KongConfig.Plugins plugins =
                KongConfig.parse(KongFile.read(GatewaySite.KONG_YML).without("rate-limiting").text()).plugins();
        assertThat(plugins.rateLimit()).isNull();
        assertThat(plugins.sizeLimit()).isNotNull();
        assertThat(plugins.correlationId()).isNotNull();
        assertThat(plugins.prometheus()).isNotNull();
    }

    @Test
    void textThatIsNotYamlIsSaid() {
        assertThatThrownBy(() -> KongFile.of("kong.yml", "a: [")).isInstanceOf(IOException.class)
                .hasMessageStartingWith("kong.yml: got text that is not YAML");
        assertThatThrownBy(() -> KongFile.of("kong.yml", "")).hasMessage("kong.yml: got no mapping, expected one");
    }
}
