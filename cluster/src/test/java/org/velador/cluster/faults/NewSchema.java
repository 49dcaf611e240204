package org.velador.cluster.faults;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The next build of the application: the shipped archive with one migration more, which takes a while. */
final class NewSchema {

    static final String VERSION = "900";

    /** A table that every request reads gets a column: harmless to those who do not know it, if they name theirs. */
    private static final String MIGRATION =
            """
            select pg_sleep(3);
            alter table place add column remark text;
            """;

    private NewSchema() {}

    static Path build(Path shipped, Path folder) throws IOException {
        Path ear = Files.createDirectories(folder).resolve("next.ear");
        Files.copy(shipped, ear, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem archive = FileSystems.newFileSystem(ear);
                Stream<Path> library = Files.list(archive.getPath("/lib"))) {
            Path persistence = library.filter(jar -> jar.getFileName().toString().contains("persistence")).findFirst().orElseThrow();
            Path copy = folder.resolve("persistence.jar");
            Files.copy(persistence, copy, StandardCopyOption.REPLACE_EXISTING);
            try (FileSystem jar = FileSystems.newFileSystem(copy)) {
                Files.writeString(jar.getPath("/db/migration/V" + VERSION + "__remark_of_a_place.sql"), MIGRATION);
            }
            Files.copy(copy, persistence, StandardCopyOption.REPLACE_EXISTING);
        }
        return ear;
    }
}
