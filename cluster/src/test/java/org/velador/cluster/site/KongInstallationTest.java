package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Kong a site gets. */
class KongInstallationTest {

    @TempDir
    private Path folder;

    private final Properties properties = new Properties();

    @Test
    void runCommandTakesKongWhereItIs() throws Exception {
        Path kong = kong("3.4.2");
        assertThat(KongInstallation.chosen(properties, "/nowhere:" + folder, true)).hasValue(kong);
    }

    @Test
    void runCommandTakesTheStandInOnAMachineWithoutKong() {
        assertThat(KongInstallation.chosen(properties, "/nowhere:" + folder, true)).isEmpty();
        assertThat(KongInstallation.chosen(properties, null, true)).isEmpty();
    }

    @Test
    void testsTakeTheStandInUnlessKongIsAskedFor() throws Exception {
        Path kong = kong("3.4.2");
        assertThat(KongInstallation.chosen(properties, folder.toString(), false)).isEmpty();
        properties.setProperty("gateway", "kong");
        assertThat(KongInstallation.chosen(properties, folder.toString(), false)).hasValue(kong);
    }

    @Test
    void standInCanBeForced() throws Exception {
        kong("3.4.2");
        properties.setProperty("gateway", "stand-in");
        assertThat(KongInstallation.chosen(properties, folder.toString(), true)).isEmpty();
    }

    @Test
    void kongCanBeNamed() throws Exception {
        properties.setProperty("velador.kong", kong("3.4.2").toString());
        assertThat(KongInstallation.chosen(properties, "/nowhere", true)).hasValue(folder.resolve("kong"));
    }

    @Test
    void kongThatIsAskedForAndNotThereIsSaidInOneSentence() {
        properties.setProperty("gateway", "kong");
        assertThatThrownBy(() -> KongInstallation.chosen(properties, folder.toString(), false))
                .isInstanceOf(SiteFailure.class)
                .hasMessage("gateway=kong, but there is no kong on the PATH: install Kong, say where it is with"
                        + " -Dvelador.kong=/path/to/kong, or take the stand-in with -Dgateway=stand-in");
    }

    @Test
    void nameThatIsNoCommandIsSaid() {
        properties.setProperty("velador.kong", folder.toString());
        assertThatThrownBy(() -> KongInstallation.chosen(properties, "", true))
                .hasMessage("got velador.kong=" + folder + ", expected the path of Kong's command");
    }

    @Test
    void addressInPlaceOfAKindIsSaid() {
        properties.setProperty("gateway", "127.0.0.1:8000");
        assertThatThrownBy(() -> KongInstallation.chosen(properties, "", true))
                .hasMessageContaining("got gateway=127.0.0.1:8000, expected kong or stand-in")
                .hasMessageContaining("-Dlisten=address:port");
    }

    @ParameterizedTest
    @CsvSource({"3.4.2, 3, 3.4.2", "2.8.5, 2, 2.8.5", "Kong Enterprise 3.10.0.1, 3, 3.10.0.1"})
    void versionIsAsked(String said, int major, String text) throws Exception {
        assertThat(new KongInstallation(kong(said)).version()).isEqualTo(new KongInstallation.Version(major, text));
    }

    @Test
    void commandThatTellsNoVersionIsNoKong() throws Exception {
        KongInstallation other = new KongInstallation(kong("hello"));
        assertThatThrownBy(other::version).isInstanceOf(SiteFailure.class)
                .hasMessageEndingWith("kong version: got \"hello\", expected one like 3.4.2");
    }

    private Path kong(String version) throws IOException {
        Path file = folder.resolve("kong");
        Files.writeString(file, "#!/bin/sh\n[ \"$1\" = version ] && echo '" + version + "'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
