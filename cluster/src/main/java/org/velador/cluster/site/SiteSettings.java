package org.velador.cluster.site;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a site is to be like.
 *
 * @param parts what it is made of
 * @param home folder of everything it writes: data, logs, work folders of the instances
 * @param temporary whether the folder goes when the site closes
 * @param instances where each instance listens
 * @param gateway where the gateway listens
 * @param admin where the gateway's Admin API listens; of loopback
 * @param kong Kong's command; none for the stand-in
 * @param rateLimit whether the gateway holds clients to the rate of kong.yml
 * @param database where PostgreSQL listens; of 127.0.0.1, which the library that starts it insists on
 * @param heap of each instance, such as {@code 384m}
 * @param drain how long an instance still serves after SIGTERM
 * @param readyWithin how long everything may take to become ready
 */
public record SiteSettings(
        Parts parts,
        Path home,
        boolean temporary,
        List<InetSocketAddress> instances,
        InetSocketAddress gateway,
        InetSocketAddress admin,
        Optional<Path> kong,
        boolean rateLimit,
        InetSocketAddress database,
        String heap,
        Duration drain,
        Duration readyWithin) {

    private static final int INSTANCES = 3;
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);

    public SiteSettings {
        instances = List.copyOf(instances);
        home = home.toAbsolutePath().normalize();
    }

    /**
     * The site of the run command: fixed addresses, data that is kept.
     *
     * @param root of the checkout
     * @param properties may name other addresses ({@code instances}, comma separated, {@code listen} for
     *     the gateway, {@code admin}, {@code database}), another {@code data} folder, another {@code heap}, the
     *     {@code gateway} ({@code kong} or {@code stand-in}), and lift its limit ({@code rate-limit=false})
     */
    static SiteSettings kept(Path root, Properties properties) {
        String instances = properties.getProperty("instances");
        return new SiteSettings(
                Parts.of(root),
                root.resolve(properties.getProperty("data", ".velador")),
                false,
                instances == null
                        ? Ports.neighbours(INSTANCES, 10, 8080)
                        : Stream.of(instances.split(",")).map(Ports::parse).toList(),
                Ports.parse(properties.getProperty("listen", "127.0.0.1:8000")),
                Ports.parse(properties.getProperty("admin", "127.0.0.1:8001")),
                KongInstallation.chosen(properties, System.getenv("PATH"), true),
                !"false".equals(properties.getProperty("rate-limit")),
                Ports.parse(properties.getProperty("database", "127.0.0.1:15432")),
                properties.getProperty("heap", "384m"),
                Duration.ZERO,
                READY_WITHIN);
    }

    /**
     * A site for tests: whatever addresses are free, out of the way of the run command's, and a folder that goes with it.
     * The load of all clients comes from one address here, so the gateway's limit for an address is lifted. The gateway is
     * the stand-in unless the system property {@code gateway} asks for Kong.
     */
    public static SiteSettings temporary(Path root) {
        return new SiteSettings(
                        Parts.of(root),
                        root.resolve("cluster/target/sites/" + UUID.randomUUID()),
                        true,
                        List.of(),
                        Ports.anyFree(Ports.loopback(1)),
                        Ports.anyFree(Ports.loopback(1)),
                        KongInstallation.chosen(System.getProperties(), System.getenv("PATH"), false),
                        false,
                        Ports.anyFree(Ports.loopback(1)),
                        "384m",
                        Duration.ZERO,
                        READY_WITHIN)
                .withInstances(INSTANCES);
    }

    /** The same with as many instances on free addresses. */
    public SiteSettings withInstances(int count) {
        List<InetSocketAddress> free =
                Ports.neighbours(count, 20, 8080).stream().map(one -> Ports.anyFree(one.getAddress())).toList();
        return new SiteSettings(parts, home, temporary, free, gateway, admin, kong, rateLimit,
                database, heap, drain, readyWithin);
    }

    /** The same with another heap for each instance. */
    public SiteSettings withHeap(String size) {
        return new SiteSettings(parts, home, temporary, instances, gateway, admin, kong, rateLimit,
                database, size, drain, readyWithin);
    }

    /** The same with another time between SIGTERM and the end of serving. */
    public SiteSettings withDrain(Duration time) {
        return new SiteSettings(parts, home, temporary, instances, gateway, admin, kong, rateLimit,
                database, heap, time, readyWithin);
    }
}
