package org.velador.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    Path folder;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void giveWhatHasNoDefault() throws IOException {
        environment.put("VELADOR_EAR", Files.createFile(folder.resolve("velador.ear")).toString());
        environment.put("VELADOR_HOME", folder.resolve("home").toString());
    }

    @Test
    void whatIsNotSetHasItsDocumentedDefault() {
        assertThat(Settings.from(environment)).isEqualTo(new Settings(folder.resolve("velador.ear"), "0.0.0.0", 8080,
                "0.0.0.0:8080", folder.resolve("home"), 8, 64, Duration.ofSeconds(10), OptionalLong.empty()));
    }

    @Test
    void emptyIsTheSameAsNotSet() {
        environment.put("VELADOR_PORT", "");
        environment.put("VELADOR_PARENT", " ");

        assertThat(Settings.from(environment).port()).isEqualTo(8080);
        assertThat(Settings.from(environment).parent()).isEmpty();
    }

    @Test
    void nameIsAddressAndPortUnlessGiven() {
        environment.put("VELADOR_ADDRESS", "127.0.0.10");
        environment.put("VELADOR_PORT", "8081");
        assertThat(Settings.from(environment).name()).isEqualTo("127.0.0.10:8081");

        environment.put("VELADOR_INSTANCE", "instance-10");
        assertThat(Settings.from(environment).name()).isEqualTo("instance-10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VELADOR_PORT          | eighty      | VELADOR_PORT: eighty (expected: a number from 1 to 65535)
            VELADOR_PORT          | 0           | VELADOR_PORT: 0 (expected: a number from 1 to 65535)
            VELADOR_PORT          | 65536       | VELADOR_PORT: 65536 (expected: a number from 1 to 65535)
            VELADOR_REQUESTS      | 17          | VELADOR_REQUESTS: 17 (expected: a number from 4 to 16)
            VELADOR_QUEUE         | -1          | VELADOR_QUEUE: -1 (expected: a number from 0 to 500)
            VELADOR_DRAIN_SECONDS | -1          | VELADOR_DRAIN_SECONDS: -1 (expected: a number from 0 to 3600)
            VELADOR_DB_URL        | db.example  | VELADOR_DB_URL: db.example (expected: jdbc:postgresql://host:port/database)
            VELADOR_ADDRESS       | a b         | VELADOR_ADDRESS: a b (expected: an IPv4 address or host name of this machine)
            VELADOR_INSTANCE      | ward/5      | VELADOR_INSTANCE: ward/5 (expected: up to 64 letters, digits, '.', '_', ':' or '-')
            VELADOR_DB_URL        | pg://u:s3@db/v | VELADOR_DB_URL: pg://***@db/v (expected: jdbc:postgresql://host:port/database)
            VELADOR_KONG_ADMIN    | kong:8001   | VELADOR_KONG_ADMIN: kong:8001 (expected: the http or https URL of Kong's Admin API, without a user)
            VELADOR_KONG_ADMIN    | http://u:s3@kong:8001 | VELADOR_KONG_ADMIN: http://***@kong:8001 (expected: the http or https URL of Kong's Admin API, without a user)
            VELADOR_PARENT        | me          | VELADOR_PARENT: me (expected: a number from 1 to 2147483647)
            """, quoteCharacter = '"')
    void illFormedValueIsNamedWithWhatWasExpected(String variable, String value, String sentence) {
        environment.put(variable, value);

        assertThatThrownBy(() -> Settings.from(environment)).isInstanceOf(StartException.class).hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.128.0.2:8001", "https://kong.example", "http://[::1]:8001/admin/"})
    void adminOfTheLoadBalancerIsAnUrl(String url) {
        environment.put("VELADOR_KONG_ADMIN", url);

        assertThat(Settings.inForce(environment)).containsEntry("VELADOR_KONG_ADMIN", url);
    }

    @Test
    void everySettingIsInForceWithWhatWasGivenOrItsDefault() {
        environment.put("VELADOR_PORT", " 8081 ");

        assertThat(Settings.inForce(environment)).containsOnlyKeys(Settings.VARIABLES)
                .containsEntry("VELADOR_PORT", "8081")
                .containsEntry("VELADOR_INSTANCE", "0.0.0.0:8081")
                .containsEntry("VELADOR_REQUESTS", "8")
                .containsEntry("VELADOR_DRAIN_SECONDS", "10")
                .containsEntry("VELADOR_PARENT", "");
    }

    @Test
    void settingsArePublishedWithTheirOriginAndWithoutThePassword() {
        environment.put("VELADOR_DB_PASSWORD", "s3cret");
        Properties properties = new Properties();

        Publication.publish(environment, properties);

        assertThat(properties).containsEntry("velador.setting.VELADOR_PORT", "8080")
                .containsEntry("velador.given", "VELADOR_DB_PASSWORD VELADOR_EAR VELADOR_HOME")
                .doesNotContainKey("velador.setting.VELADOR_DB_PASSWORD").doesNotContainValue("s3cret");
    }

    @Test
    void whatTheStartScriptSaysWasGivenStands() {
        Properties properties = new Properties();
        properties.setProperty("velador.given", "VELADOR_EAR ");

        Publication.publish(environment, properties);

        assertThat(properties).containsEntry("velador.given", "VELADOR_EAR ");
    }

    @Test
    void keystoreNeedsItsPassword() throws IOException {
        environment.put("VELADOR_KEYSTORE", Files.createFile(folder.resolve("keys.p12")).toString());

        assertThatThrownBy(() -> Settings.from(environment)).isInstanceOf(StartException.class)
                .hasMessage("VELADOR_KEYSTORE_PASSWORD: not set (expected: the password of VELADOR_KEYSTORE)");

        environment.put("VELADOR_KEYSTORE_PASSWORD", "s3cret");
        assertThat(Settings.inForce(environment)).containsKey("VELADOR_KEYSTORE");
    }

    @Test
    void misspelledVariableIsNotIgnored() {
        environment.put("VELADOR_PROT", "8081");

        assertThatThrownBy(() -> Settings.from(environment)).isInstanceOf(StartException.class)
                .hasMessageStartingWith("VELADOR_PROT: unknown variable (expected: one of VELADOR_ADDRESS, ");
    }

    @Test
    void missingArchiveIsNamed() {
        environment.put("VELADOR_EAR", folder.resolve("absent.ear").toString());

        assertThatThrownBy(() -> Settings.from(environment)).isInstanceOf(StartException.class)
                .hasMessage("VELADOR_EAR: %s is not a readable file (expected: the path of velador.ear)", folder.resolve("absent.ear"));
    }

    @Test
    void passwordStaysOutOfEveryMessage() {
        environment.put("VELADOR_DB_PASSWORD", "s3cret");
        environment.put("VELADOR_PORT", "eighty");

        assertThatThrownBy(() -> Settings.from(environment)).message().doesNotContain("s3cret");
    }

    @Test
    void rehearsalKeepsToTheLoopbackAddressAndAFolderOfItsOwn() {
        environment.put("VELADOR_ADDRESS", "10.128.0.10");
        Settings rehearsal = Settings.from(environment).forTraining(40123);

        assertThat(rehearsal.address()).isEqualTo("127.0.0.1");
        assertThat(rehearsal.port()).isEqualTo(40123);
        assertThat(rehearsal.home()).isEqualTo(folder.resolve("home").resolve("training"));
    }

    @Test
    void serverIsToldItsOwnAddressPortAndThreads() {
        environment.putAll(Map.of("VELADOR_ADDRESS", "127.0.0.10", "VELADOR_PORT", "8081", "VELADOR_REQUESTS", "4", "VELADOR_QUEUE", "8"));

        assertThat(Server.configuration(Settings.from(environment))).containsOnly(
                entry("velador.address", "127.0.0.10"), entry("velador.port", "8081"), entry("velador.http-threads", "300"));
    }
}
