package org.velador.audit.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.velador.alarms.entity.AlarmKind;
import org.velador.platform.control.NamesPatient;
import org.velador.platform.control.Page;

/** Of every method of every resource somebody has decided whether it is in the audit. */
class AuditedTest {

    /** What tells of no patient and changes nothing; whoever adds a line here has thought about it. */
    private static final Set<String> NOT_AUDITED = Set.of(
            "DocumentationPage.page",
            "MeasurementsResource.series", // of a place; names nobody
            "PlacesResource.list", "PlacesResource.get",
            "VariablesResource.list", "VariablesResource.get",
            "IntegrityResource.get", "IntegrityResource.sweep", // counts, and counting again
            "SiteResource.site", "SiteResource.configuration");

    @Test
    void everyMethodIsAuditedOrNamedHere() throws Exception {
        Set<String> silent = new TreeSet<>();
        for (Class<?> resource : resources()) {
            for (Method method : resource.getDeclaredMethods()) {
                boolean answers = Arrays.stream(method.getAnnotations()).anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class));
                if (answers && !method.isAnnotationPresent(Audited.class)) {
                    silent.add(resource.getSimpleName() + "." + method.getName());
                }
            }
        }
        assertThat(silent).containsExactlyInAnyOrderElementsOf(NOT_AUDITED);
    }

    @Test
    void patientsOfPagesAndOfSingleAnswersAreSeen() {
        NamesPatient nobody = () -> null;
        NamesPatient ana = () -> "P-1";
        assertThat(NamedPatients.in(new Page<>(List.of(ana, nobody, "something else", ana), null))).containsExactly("P-1", "P-1");
        assertThat(NamedPatients.in(ana)).containsExactly("P-1");
        assertThat(NamedPatients.in(nobody)).isEmpty();
        assertThat(NamedPatients.in(null)).isEmpty();
        assertThat(NamedPatients.in(AlarmKind.TECHNICAL)).isEmpty();
    }

    private static List<Class<?>> resources() throws Exception {
        java.nio.file.Path root = java.nio.file.Path.of(AuditResource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<java.nio.file.Path> files = Files.walk(root.resolve("org/velador"))) {
            return files.filter(file -> file.toString().endsWith(".class") && !file.toString().endsWith("package-info.class"))
                    .map(file -> root.relativize(file).toString().replaceAll("\\.class$", "").replace(file.getFileSystem().getSeparator(), "."))
                    .<Class<?>>map(AuditedTest::load)
                    .filter(c -> c.isAnnotationPresent(Path.class))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, AuditedTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
