package org.velador.instance;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Runs a main class of the application without the server: what has to work when no instance runs. */
final class ApplicationCommand {

    private static final String LIBRARIES = "lib/";
    private static final String EJB_MODULE = "velador-ejb.jar";

    private ApplicationCommand() {
    }

    /**
     * Runs it; it ends the process when it has an exit status to tell.
     *
     * @param ear       the application
     * @param mainClass of its EJB module
     */
    static void run(Path ear, String mainClass) {
        try {
            Path folder = Files.createTempDirectory("velador-");
            List<URL> jars = unpack(ear, folder);
            ClassLoader classes = new URLClassLoader(jars.toArray(URL[]::new), ApplicationCommand.class.getClassLoader());
            // The database's driver is looked for with this one.
            Thread.currentThread().setContextClassLoader(classes);
            Class.forName(mainClass, true, classes).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (IOException e) {
            throw new StartException("VELADOR_EAR: %s cannot be unpacked: %s".formatted(ear, e.getMessage()), e);
        } catch (InvocationTargetException e) {
            throw new StartException("The command failed: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new StartException("VELADOR_EAR: %s (expected: an application that has %s)".formatted(ear, mainClass), e);
        }
    }

    private static List<URL> unpack(Path ear, Path folder) throws IOException {
        folder.toFile().deleteOnExit();
        List<URL> jars = new ArrayList<>();
        try (ZipFile archive = new ZipFile(ear.toFile())) {
            for (ZipEntry entry : Collections.list(archive.entries())) {
                if (entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar") || entry.getName().equals(EJB_MODULE)) {
                    Path jar = folder.resolve(Path.of(entry.getName()).getFileName().toString());
                    try (InputStream in = archive.getInputStream(entry)) {
                        Files.copy(in, jar);
                    }
                    jar.toFile().deleteOnExit();
                    jars.add(jar.toUri().toURL());
                }
            }
        }
        return jars;
    }
}
