package org.velador.cluster.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a gateway ends while clients go on. */
class CloseTest {

    @Test
    void whatItHasIsAnsweredAndWhatComesLaterIsRefused() throws Exception {
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try (Instance instance = new Instance(); GatewaySite site = new GatewaySite(GatewaySite.withoutProbes(), instance.address())) {
            for (int i = 0; i < 8; i++) {
                CompletableFuture.runAsync(() -> askUntilRefused(site, statuses), clients);
            }
            GatewaySite.await("clients are served", () -> statuses.contains(200));

            site.gateway.close();
        } finally {
            clients.shutdown();
        }
        assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(statuses).containsOnly(200);
    }

    private static void askUntilRefused(GatewaySite site, Set<Integer> statuses) {
        while (true) {
            try {
                statuses.add(site.get("/").statusCode());
            } catch (ConnectException refused) {
                return;
            } catch (IOException betweenTwoRequests) {
                // A connection that the gateway closed when it had answered.
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
