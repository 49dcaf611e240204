package org.velador.cluster.site;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the build left what a site is made of.
 *
 * @param instance folder of one node, with {@code bin/velador}
 * @param ear the application
 * @param kong the gateway's configuration
 * @param postgresql folder that PostgreSQL's binaries are unpacked to
 */
public record Parts(Path instance, Path ear, Path kong, Path postgresql) {

    /** The parts in the modules of a checkout. */
    public static Parts of(Path root) {
        return new Parts(
                root.resolve("instance/target/velador-instance"),
                root.resolve("ear/target/velador.ear"),
                root.resolve("kong/kong.yml"),
                root.resolve("cluster/target/postgresql"));
    }

    Path launcher() {
        return instance.resolve("bin/velador");
    }

    void requireBuilt() {
        for (Path part : new Path[] {launcher(), ear, kong}) {
            if (!Files.exists(part)) {
                throw new SiteFailure(part + " is missing; build first: mvn package");
            }
        }
    }
}
