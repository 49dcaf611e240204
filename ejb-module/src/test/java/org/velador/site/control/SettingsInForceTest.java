package org.velador.site.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.velador.site.control.Setting.Origin.DEFAULT;
import static org.velador.site.control.Setting.Origin.ENVIRONMENT;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsInForceTest {

    @Test
    void launcherSaysWhatIsInForceAndWhatWasGiven() {
        Map<String, String> published = Map.of(
                "velador.setting.VELADOR_PORT", "8081", "velador.setting.VELADOR_HEAP", "384m", "velador.setting.VELADOR_PARENT", "",
                "velador.given", "VELADOR_PORT ", "user.home", "/");

        assertThat(SettingsInForce.read(published, Map.of("VELADOR_PORT", "8081", "VELADOR_HEAP", "384m", "PATH", "/bin"))).containsExactly(
                new Setting("VELADOR_HEAP", "384m", DEFAULT),
                new Setting("VELADOR_PARENT", null, DEFAULT),
                new Setting("VELADOR_PORT", "8081", ENVIRONMENT));
    }

    @Test
    void withoutLauncherTheEnvironmentIsAllThereIs() {
        assertThat(SettingsInForce.read(Map.of(), Map.of("VELADOR_PORT", "8081", "VELADOR_DB_PASSWORD", "s3cret"))).containsExactly(
                new Setting("VELADOR_DB_PASSWORD", "***", ENVIRONMENT),
                new Setting("VELADOR_PORT", "8081", ENVIRONMENT));
    }

    @Test
    void emptyPasswordIsNone() {
        assertThat(SettingsInForce.read(Map.of("velador.given", ""), Map.of("VELADOR_DB_PASSWORD", "")))
                .containsExactly(new Setting("VELADOR_DB_PASSWORD", null, DEFAULT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            VELADOR_DB_PASSWORD   | s3cret                                            | ***
            VELADOR_DB_URL        | jdbc:postgresql://db:5432/v                       | jdbc:postgresql://db:5432/v
            VELADOR_DB_URL        | jdbc:postgresql://db/v?user=u&password=s3cret&a=b | jdbc:postgresql://db/v?user=u&password=***&a=b
            VELADOR_DB_URL        | jdbc:postgresql://db/v?sslPassword=s3cret         | jdbc:postgresql://db/v?sslPassword=***
            VELADOR_DB_URL        | jdbc:postgresql://u:s/3?c,r;e@t@db/v              | jdbc:postgresql://***@db/v
            VELADOR_DB_URL        | jdbc:postgresql://db/v?password=s/3?c,r;e@t       | jdbc:postgresql://db/v?password=***
            VELADOR_DB_URL        | jdbc:postgresql://u:s3cret@db/v                   | jdbc:postgresql://***@db/v
            VELADOR_JAVA_OPTS     | -Xss1m -Djavax.net.ssl.keyStorePassword=s3cret -Da=b | -Xss1m -Djavax.net.ssl.keyStorePassword=*** -Da=b
            """)
    void secretsAreMasked(String name, String value, String shown) {
        assertThat(Secrets.mask(name, value)).isEqualTo(shown);
    }
}
