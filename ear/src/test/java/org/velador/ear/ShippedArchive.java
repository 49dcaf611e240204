package org.velador.ear;

import java.nio.file.Path;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is shipped, as the build left it, with nothing but the test classes added to the WAR inside it. */
final class ShippedArchive {

    private ShippedArchive() {
    }

    static EnterpriseArchive withTests() {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "velador.ear")
                .importFrom(Path.of(System.getProperty("velador.ear")).toFile())
                .as(EnterpriseArchive.class);
        ear.getAsType(WebArchive.class, "/velador-web.war")
                .addPackages(false, Filters.include(".*"), ShippedArchive.class.getPackage())
                .addAsLibraries(jarOf(org.assertj.core.api.Assertions.class), jarOf(org.opentest4j.AssertionFailedError.class));
        return ear;
    }

    private static java.io.File jarOf(Class<?> type) {
        return new java.io.File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
