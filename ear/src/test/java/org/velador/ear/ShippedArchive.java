package org.velador.ear;

import java.io.File;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is shipped, as the build left it, with nothing but the tests of {@code inside} added to the WAR in it. */
public final class ShippedArchive {

    private ShippedArchive() {
    }

    /** The same for every test class: it is deployed once. */
    public static EnterpriseArchive withTests() {
        EnterpriseArchive ear = ShrinkWrap.create(ZipImporter.class, "velador.ear")
                .importFrom(new File(System.getProperty("velador.ear")))
                .as(EnterpriseArchive.class);
        ear.getAsType(WebArchive.class, "velador-web.war")
                .addPackage("org.velador.ear.inside")
                .addAsLibrary(new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().getPath()));
        return ear;
    }
}
