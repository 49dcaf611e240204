package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(config.services().get(0)).satisfies(service -> {
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
    void shippedFileLetsAStreamOfLiveUpdatesBeSilentForLong() throws Exception {
        assertThat(KongConfig.read(GatewaySite.KONG_YML).services().get(1)).satisfies(service -> {
            assertThat(service.routes().get(0).paths()).containsExactly("/api/live");
            assertThat(service.readTimeout()).isEqualTo(Duration.ofMinutes(10));
            assertThat(service.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        });
    }

    @Test
    void shippedFileHasThePluginsOfAHospitalsEdge() throws Exception {
        KongConfig.Plugins plugins = KongConfig.read(GatewaySite.KONG_YML).plugins();
        assertThat(plugins.correlationId()).isEqualTo(new KongConfig.CorrelationId("X-Request-ID", false, true));
        assertThat(plugins.sizeLimit().bytes()).isEqualTo(8 * 1024 * 1024);
        assertThat(plugins.rateLimit().windows()).containsExactly(
                new KongConfig.RateLimit.Window(KongConfig.RateLimit.Period.SECOND, 1000),
                new KongConfig.RateLimit.Window(KongConfig.RateLimit.Period.MINUTE, 30_000));
        assertThat(plugins.prometheus()).isEqualTo(new KongConfig.Prometheus(true, true, true, true));
    }

    @Test
    void shippedFileParsesWithoutItsPlugins() throws Exception {
        assertThat(KongConfig.parse(GatewaySite.yaml()).plugins()).isEqualTo(new KongConfig.Plugins(null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "3.0"})
    void bothFormatVersionsParse(String version) throws Exception {
        KongConfig.parse(Files.readString(GatewaySite.KONG_YML).replace("\"2.1\"", '"' + version + '"'));
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
            services: ~ other: ~ kong.yml: services: got nothing, expected a list of at least one
            _format_version: "2.1" ~ _format_version: "1.1" ~ kong.yml: _format_version: got 1.1, expected 2.1 or 3.0
            response_buffering: false ~ response_buffering: true ~ kong.yml: services[0].routes[0].response_buffering: got true, expected false
            name: correlation-id ~ name: key-auth ~ kong.yml: plugins[0].name: got key-auth, expected one of correlation-id, request-size-limiting, rate-limiting, prometheus
            name: prometheus ~ name: correlation-id ~ kong.yml: plugins[3].name: got correlation-id, expected each plugin once
            echo_downstream: ~ echo_upstream: ~ kong.yml: plugins[0].config.echo_upstream: got an unknown key, expected one of header_name, generator, echo_downstream
            generator: uuid ~ generator: tracker ~ kong.yml: plugins[0].config.generator: got tracker, expected uuid or uuid#counter
            size_unit: bytes ~ size_unit: megabytes ~ kong.yml: plugins[1].config.size_unit: got megabytes, expected bytes, the unit that means the same to everybody
            minute: 30000 ~ minute: 30 ~ kong.yml: plugins[2].config.minute: got 30, expected no fewer than in the shorter time before
            policy: local ~ policy: redis ~ kong.yml: plugins[2].config.policy: got redis, expected local
            limit_by: ip ~ limit_by: path ~ kong.yml: plugins[2].config.limit_by: got path, expected ip or consumer
            latency_metrics: true ~ latency_metrics: yes please ~ kong.yml: plugins[3].config.latency_metrics: got yes please, expected true or false
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
