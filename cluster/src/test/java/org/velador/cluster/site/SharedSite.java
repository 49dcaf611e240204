package org.velador.cluster.site;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class the one site of the test JVM as a parameter of type {@link Site}; it starts when first asked for and
 * stops after the last test. Tests that hurt it leave it as they found it.
 */
public final class SharedSite implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedSite.class);

    /** Of kong.yml: an instance is probed every 5 s, and the answer may take 2 s. */
    private static final Duration DRAIN = Duration.ofSeconds(8);

    private record Running(Site site) implements AutoCloseable {
        @Override
        public void close() {
            site.close();
        }
    }

    /** The root of the checkout the parts are taken from. */
    public static Path root() {
        return Path.of(System.getProperty("velador.root", "..")).toAbsolutePath().normalize();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Site.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Running.class, key -> new Running(Site.start(SiteSettings.temporary(root()).withDrain(DRAIN))), Running.class)
                .site();
    }
}
