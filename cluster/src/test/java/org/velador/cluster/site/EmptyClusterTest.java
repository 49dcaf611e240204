package org.velador.cluster.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyClusterTest {

    @TempDir
    private Path folder;

    private EmptyCluster empty;

    @BeforeEach
    void keepsWhatARehearsalLeft() throws IOException {
        Path rehearsed = Files.createDirectories(folder.resolve("rehearsal"));
        Files.writeString(rehearsed.resolve("PG_VERSION"), "18\n");
        Files.writeString(Files.createDirectories(rehearsed.resolve("base/1")).resolve("112"), "pages");
        Files.setPosixFilePermissions(rehearsed, PosixFilePermissions.fromString("rwx------"));
        empty = new EmptyCluster(Files.createDirectories(folder.resolve("binaries")));
        empty.keep(rehearsed);
    }

    @Test
    void firstStartFindsACopyThatNobodyElseMayRead() throws IOException {
        Path data = Files.createDirectories(folder.resolve("site")).resolve("postgresql");

        empty.copyTo(data);

        assertThat(data.resolve("base/1/112")).hasContent("pages");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data))).isEqualTo("rwx------");
    }

    @Test
    void copyThatBrokeOffIsMadeAnew() throws IOException {
        Path site = Files.createDirectories(folder.resolve("site"));
        Files.writeString(Files.createDirectories(site.resolve("postgresql.new")).resolve("PG_VERSION"), "");

        empty.copyTo(site.resolve("postgresql"));

        assertThat(site.resolve("postgresql/PG_VERSION")).hasContent("18\n");
        assertThat(site.resolve("postgresql.new")).doesNotExist();
    }

    @Test
    void dataThatAreThereStayAsTheyAre() throws IOException {
        Path data = Files.createDirectories(folder.resolve("site/postgresql"));
        // Whatever is wrong with them: it is for PostgreSQL to say, and nobody's to replace.
        Files.writeString(data.resolve("pg_control"), "mine");

        empty.copyTo(data);

        assertThat(data.resolve("pg_control")).hasContent("mine");
        assertThat(data.resolve("base")).doesNotExist();
    }

    @Test
    void nothingIsCopiedWhereNothingIsKept() throws IOException {
        Path data = folder.resolve("site/postgresql");
        empty.discard();

        empty.copyTo(data);

        assertThat(data).doesNotExist();
    }
}
