package org.velador.site.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** What this instance knows of itself. */
@ApplicationScoped
public class ThisInstance {

    /** One start of the process: tells two apart that have the same name by mistake. */
    private final UUID run = UUID.randomUUID();
    private final List<Setting> settings = SettingsInForce.read();
    private final String version = readVersion();

    /** The one it has in logs. */
    public String name() {
        return setting("VELADOR_INSTANCE", address());
    }

    /** Where it listens; {@code 0.0.0.0} stands for every address of its machine. */
    public String address() {
        return setting("VELADOR_ADDRESS", "0.0.0.0") + ":" + setting("VELADOR_PORT", "8080");
    }

    public String version() {
        return version;
    }

    public List<Setting> settings() {
        return settings;
    }

    UUID run() {
        return run;
    }

    /** How long the process has been running. */
    long uptimeMillis() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }

    /** The launcher sets this when it is told to stop. */
    boolean isDraining() {
        return Boolean.getBoolean("velador.draining");
    }

    private String setting(String name, String otherwise) {
        return settings.stream().filter(s -> s.name().equals(name) && s.value() != null).map(Setting::value).findFirst().orElse(otherwise);
    }

    private static String readVersion() {
        try (InputStream in = ThisInstance.class.getResourceAsStream("/META-INF/velador.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
