package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;

/**
 * Ten times the load that the instance can serve. For a minute with {@code -Dvelador.overload.seconds=60}; a build has 10 s. The
 * load comes from the same machine, so that the limits are ratios of what was measured a moment before.
 */
@ArquillianTest
@RunAsClient
class OverloadIT {

    private static final Duration OVERLOAD = Duration.ofSeconds(Integer.getInteger("velador.overload.seconds", 10));
    private static final int FEW = 8;
    private static final int MANY = 100;
    private static final double UNLIMITED = 1e9;
    private static final long MIB = 1024 * 1024;

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void whatIsTooMuchIsRefusedAndTheRestIsServedInTime() throws Exception {
        Api api = Api.at(site);
        List<String> beds = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            beds.add(api.bed("OVERLOAD-" + i));
        }
        Crowd crowd = new Crowd(api.base(), beds);
        crowd.post(FEW, UNLIMITED, Duration.ofSeconds(15));
        Crowd.Result most = crowd.post(FEW, UNLIMITED, Duration.ofSeconds(4));
        // The first rush starts threads, with the buffers that they keep; an instance does that once.
        crowd.post(MANY, most.perSecond() * 10, Duration.ofSeconds(3));
        Thread.sleep(1000);
        Crowd.Result half = crowd.post(MANY, most.perSecond() / 2, Duration.ofSeconds(10));
        long heapBefore = NodeHeap.inUse();

        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<Duration>> health = CompletableFuture.supplyAsync(() -> healthUntil(api, over));
        Crowd.Result overload = crowd.post(MANY, most.perSecond() * 10, OVERLOAD);
        over.set(true);

        Thread.sleep(2000);
        Crowd.Result after = crowd.post(MANY, most.perSecond() / 2, Duration.ofSeconds(3));
        long heapAfter = NodeHeap.inUse();
        System.out.printf("capacity: %s%nhalf:     %s%noverload: %s%nafter:    %s%nheap in use: %d MiB before, %d MiB after%n", most, half, overload, after,
                heapBefore / MIB, heapAfter / MIB);

        // Below that it may be the other processes of the machine that are measured.
        double limit = Math.max(5 * half.percentile(0.99), 1000);
        assertThat(List.of(most, half, overload, after)).allSatisfy(result -> assertThat(result.strange()).isEmpty());
        assertThat(overload.refused()).isPositive();
        assertThat(overload.percentile(0.99)).isLessThan(limit);
        assertThat(health.get(10, TimeUnit.SECONDS)).isNotEmpty().allSatisfy(time -> assertThat(time).isLessThan(Duration.ofSeconds(2)));
        assertThat(after.refused()).isZero();
        assertThat(after.percentile(0.99)).isLessThan(limit);
        assertThat(heapAfter - heapBefore).isLessThan(48 * MIB);
    }

    private static List<Duration> healthUntil(Api api, AtomicBoolean over) {
        List<Duration> times = new ArrayList<>();
        try {
            while (!over.get()) {
                Instant start = Instant.now();
                api.get("/health/").is(200);
                times.add(Duration.between(start, Instant.now()));
                Thread.sleep(200);
            }
            return times;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
