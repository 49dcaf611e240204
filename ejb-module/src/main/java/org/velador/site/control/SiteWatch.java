package org.velador.site.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at the site, within about a second whatever state the database and the load balancer are in: what cannot be found out
 * in time is told as it was known last.
 */
@ApplicationScoped
public class SiteWatch {

    private static final Logger LOG = Logger.getLogger(SiteWatch.class.getName());
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(800);
    private static final String NO_ANSWER = "no answer in time";

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private SiteConnection connection;

    @Inject
    private ThisInstance self;

    private final KongAdmin kong = new KongAdmin(System.getenv("VELADOR_KONG_ADMIN"));

    private Future<Snapshot> looking;
    private long lookingSince;
    private volatile Snapshot last;

    /** What was found out now, or why nothing was. */
    private record Look(Snapshot snapshot, String failure) {
    }

    /** Everything about the site. */
    public SiteView site() {
        CompletableFuture<LoadBalancerView> loadBalancer = kong.ask();
        Look look = look();
        Snapshot known = look.snapshot() == null ? last : look.snapshot();
        List<InstanceView.Told> instances = known == null ? List.of() : known.instances();
        DatabaseView database = look.snapshot() != null ? known.database()
                : new DatabaseView(false, look.failure(), null,
                        known == null ? null : known.database().sizeBytes(), known == null ? null : known.database().version());
        return new SiteView(
                self.name(),
                known == null ? null : known.at(),
                instances.stream().map(InstanceView.Told::instance).toList(),
                database,
                known == null ? null : known.schemaVersion(),
                named(loadBalancer.join(), instances),
                new Differences(instances).warnings());
    }

    /** The settings of this instance, held against those of the others. */
    public ConfigurationView configuration() {
        Look look = look();
        Snapshot known = look.snapshot() == null ? last : look.snapshot();
        Differences differences = known == null ? null : new Differences(known.instances());
        return new ConfigurationView(self.name(), self.settings().stream().map(s -> {
            boolean differs = differences != null && differences.differs(s.name());
            return new ConfigurationView.Item(s.name(), s.value(), s.origin(), differences == null ? null : differs,
                    differs ? differences.values(s.name()) : null);
        }).toList());
    }

    private Look look() {
        Future<Snapshot> now;
        long left;
        synchronized (this) {
            if (looking == null || looking.isDone()) {
                // All who ask meanwhile share it: one that hangs is enough, its own timeout will end it.
                lookingSince = System.nanoTime();
                looking = executor.submit(() -> connection.use(Snapshot::read));
            }
            now = looking;
            left = PATIENCE - (System.nanoTime() - lookingSince);
        }
        try {
            last = now.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            return new Look(last, null);
        } catch (TimeoutException e) {
            return new Look(null, NO_ANSWER);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof SQLException)) {
                LOG.log(Level.WARNING, "The site cannot be looked at", e.getCause());
            }
            return new Look(null, "not reachable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Look(null, "interrupted");
        }
    }

    private static LoadBalancerView named(LoadBalancerView view, List<InstanceView.Told> instances) {
        return new LoadBalancerView(view.known(), view.reason(), view.targets().stream()
                .map(t -> new LoadBalancerView.Target(t.target(), t.health(), instances.stream()
                        .map(InstanceView.Told::instance).filter(i -> i.address().equals(t.target())).map(InstanceView::name)
                        .findFirst().orElse(null)))
                .toList());
    }
}
