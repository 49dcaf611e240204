package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped kong.yml, and what is said about others. */
class KongConfigTest {

    @Test
    void shippedFileHoldsWhatWasAskedFor() throws Exception {
        KongConfig config = KongConfig.read(GatewaySite.KONG_YML);
        assertThat(config.upstream().name()).isEqualTo("velador");
        assertThat(config.upstream().targets()).containsExactly(new InetSocketAddress("10.128.0.10", 8080),
                new InetSocketAddress("10.128.0.11", 8080), new InetSocketAddress("10.128.0.12", 8080));
        KongConfig.HealthChecks checks = config.upstream().healthchecks();
        assertThat(checks.threshold()).isEqualTo(66);
        assertThat(checks.active().httpPath()).isEqualTo("/health/");
        assertThat(checks.active().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(checks.active().healthy().successes()).isEqualTo(1);
        assertThat(checks.active().healthy().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(checks.active().unhealthy().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(checks.active().unhealthy().failures().httpFailures()).isEqualTo(1);
    }

    @Test
    void shippedFileAlsoCountsRefusedAndHungConnections() throws Exception {
        KongConfig.HealthChecks checks = KongConfig.read(GatewaySite.KONG_YML).upstream().healthchecks();
        assertThat(checks.active().unhealthy().failures().tcpFailures()).isEqualTo(1);
        assertThat(checks.active().unhealthy().failures().timeouts()).isEqualTo(1);
        assertThat(checks.passive().unhealthy().tcpFailures()).isEqualTo(1);
        assertThat(checks.passive().unhealthy().timeouts()).isEqualTo(1);
        assertThat(checks.passive().unhealthy().httpFailures()).isZero();
    }

    @Test
    void shippedFileLeadsEveryPathToTheUpstreamInBoundedTime() throws Exception {
        KongConfig config = KongConfig.read(GatewaySite.KONG_YML);
        assertThat(config.services()).singleElement().satisfies(service -> {
            assertThat(service.host()).isEqualTo(config.upstream().name());
            assertThat(service.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(service.readTimeout()).isEqualTo(Duration.ofSeconds(5));
            assertThat(service.writeTimeout()).isEqualTo(Duration.ofSeconds(5));
            assertThat(service.retries()).isEqualTo(5);
            assertThat(service.routes()).singleElement().satisfies(route ->
                    assertThat(route.paths()).containsExactly("/"));
        });
    }

    @Test
    void whatIsLeftOutTakesKongsDefaults() {
        KongConfig config = KongConfig.parse("""
                _format_version: "2.1"
                upstreams:
                  - name: u
                    targets: [{target: "127.0.0.1:80"}]
                services:
                  - name: s
                    host: u
                    routes: [{name: r, paths: [/]}]
                """);
        KongConfig.HealthChecks checks = config.upstream().healthchecks();
        assertThat(checks.threshold()).isZero();
        assertThat(checks.active().httpPath()).isEqualTo("/");
        assertThat(checks.active().healthy().interval()).isZero();
        assertThat(checks.active().unhealthy().failures().tcpFailures()).isZero();
        assertThat(checks.active().unhealthy().failures().timeouts()).isZero();
        assertThat(config.services().get(0).readTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.services().get(0).retries()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            threshold: 66 ~ treshold: 66 ~ kong.yml: upstreams[0].healthchecks.treshold: got an unknown key, expected one of threshold, active, passive
            timeout: 2 ~ timeout: two ~ kong.yml: upstreams[0].healthchecks.active.timeout: got two, expected a number, 0 or more
            tcp_failures: 1 ~ tcp_failures: -1 ~ kong.yml: upstreams[0].healthchecks.active.unhealthy.tcp_failures: got -1, expected a whole number, 0 or more
            algorithm: round-robin ~ algorithm: least-connections ~ kong.yml: upstreams[0].algorithm: got least-connections, expected round-robin
            - target: 10.128.0.10:8080 ~ - target: nowhere ~ kong.yml: upstreams[0].targets[0].target: got nowhere, expected address:port
            host: velador ~ host: other ~ kong.yml: services[0].host: got other, expected the upstream's name, velador
            host: velador ~ tags: [a] ~ kong.yml: services[0].host: got nothing, expected a text
            read_timeout: 5000 ~ read_timeout: 0 ~ kong.yml: services[0].read_timeout: got 0, expected more than 0 milliseconds
            paths: [/] ~ paths: [] ~ kong.yml: services[0].routes[0].paths: got [], expected a list of at least one
            paths: [/] ~ paths: [api] ~ kong.yml: services[0].routes[0].paths: got [api], expected paths that start with /
            services: ~ plugins: ~ kong.yml: services: got nothing, expected a list of at least one
            _format_version: "3.0" ~ _format_version: "1.1" ~ kong.yml: _format_version: got 1.1, expected 2.1 or 3.0
            """)
    void mistakeIsSaidInOneSentenceThatNamesTheKey(String right, String wrong, String message) throws Exception {
        String yaml = Files.readString(GatewaySite.KONG_YML);
        assertThat(yaml).contains(right);
        assertThatThrownBy(() -> KongConfig.parse(yaml.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void textThatIsNotYamlIsSaid() {
        assertThatThrownBy(() -> KongConfig.parse("a: [")).hasMessageStartingWith("kong.yml: got text that is not YAML");
        assertThatThrownBy(() -> KongConfig.parse("")).hasMessage("kong.yml: got nothing, expected a mapping");
    }
}
