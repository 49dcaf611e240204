package org.velador.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceFolderTest {

    @TempDir
    Path temporary;
    private Path micro;
    private Path home;

    @BeforeEach
    void layOutMicro() throws IOException {
        micro = temporary.resolve("micro");
        home = temporary.resolve("homes").resolve("a");
        Files.createDirectories(micro.resolve("runtime"));
        Files.createDirectories(micro.resolve("config").resolve("branding"));
        Files.writeString(micro.resolve("runtime").resolve("module.jar"), "shared");
        Files.writeString(micro.resolve("launch-micro.jar"), "shared");
        Files.writeString(micro.resolve("config").resolve("domain.xml"), "fresh");
    }

    @Test
    void configurationIsCopiedAndModulesAreShared() {
        Path folder = InstanceFolder.makeAnew(home, micro);

        assertThat(folder.resolve("config").resolve("domain.xml")).hasContent("fresh");
        assertThat(folder.resolve("runtime")).doesNotExist();
        assertThat(folder.resolve("launch-micro.jar")).doesNotExist();
    }

    @Test
    void whatAnEarlierRunLeftIsGoneAndTheRestOfTheHomeStays() throws IOException {
        Files.createDirectories(home.resolve("payara").resolve("applications"));
        Files.createDirectories(home.resolve("payara").resolve("config"));
        Files.writeString(home.resolve("payara").resolve("config").resolve("domain.xml"), "used");
        Files.writeString(home.resolve("notes.txt"), "mine");

        Path folder = InstanceFolder.makeAnew(home, micro);

        assertThat(folder.resolve("applications")).doesNotExist();
        assertThat(folder.resolve("config").resolve("domain.xml")).hasContent("fresh");
        assertThat(home.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void homeOfARunningNodeIsRefused() {
        InstanceFolder.makeAnew(home, micro);

        assertThatThrownBy(() -> InstanceFolder.makeAnew(home, micro)).isInstanceOf(StartException.class)
                .hasMessage("VELADOR_HOME: %s is in use by another instance (expected: a folder of this node alone)", home);
    }

    @Test
    void homeThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "in the way");

        assertThatThrownBy(() -> InstanceFolder.makeAnew(file.resolve("home"), micro)).isInstanceOf(StartException.class)
                .hasMessageStartingWith("VELADOR_HOME: %s cannot be used: ", file.resolve("home"));
    }
}
