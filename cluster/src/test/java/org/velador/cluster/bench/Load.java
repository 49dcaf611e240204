package org.velador.cluster.bench;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.velador.cluster.site.Site;

/**
 * A closed loop of HTTP/1.1 clients: each sends its next request when the one before is answered. All share one thread, as
 * this machine has to bear the load as well.
 */
final class Load implements AutoCloseable {

    private static final String KEY_HEADER = "x-api-key";

    /** A client that has its next request ready. */
    interface Client {
        HttpRequest next();
    }

    private final ClientFactory factory = ClientFactory.builder().workerGroup(1).build();
    private final Site site;
    private final WebClient http;
    private final String key;

    /** @param target the gateway of the site, or one of its instances */
    Load(Site site, URI target) {
        this.site = site;
        key = site.serviceKey("benchmark");
        http = WebClient.builder(SessionProtocol.H1C.uriText() + "://" + target.getAuthority())
                .factory(factory)
                .responseTimeout(Duration.ofSeconds(60))
                .maxResponseLength(0)
                .build();
    }

    Client posting(Feed feed) {
        RequestHeaders headers = RequestHeaders.builder(HttpMethod.POST, "/api/measurements").contentType(MediaType.JSON).add(KEY_HEADER, key).build();
        return () -> HttpRequest.of(headers, HttpData.wrap(feed.next()));
    }

    Client getting(String path) {
        RequestHeaders headers = RequestHeaders.of(HttpMethod.GET, path, KEY_HEADER, key);
        return () -> HttpRequest.of(headers);
    }

    /** One answer, waited for. */
    AggregatedHttpResponse get(String path) {
        return http.execute(RequestHeaders.of(HttpMethod.GET, path, KEY_HEADER, key)).aggregate().join();
    }

    /**
     * Lets the clients go for a while.
     *
     * @param unitsOfEach how much each answered request counts
     * @param good whether an answer is the wanted one
     */
    Round run(List<Client> clients, Duration time, int unitsOfEach, Predicate<AggregatedHttpResponse> good)
            throws InterruptedException {
        Run run = new Run(System.nanoTime() + time.toNanos(), good, new CountDownLatch(clients.size()));
        Cpu before = Cpu.of(site);
        long begun = System.nanoTime();
        clients.forEach(client -> factory.eventLoopGroup().next().execute(() -> send(client, run)));
        run.running.await();
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Round(run.latencies.getTotalCount() * unitsOfEach, run.errors.sum(), seconds, run.latencies, Cpu.of(site).since(before));
    }

    private record Run(
            long end, Predicate<AggregatedHttpResponse> good, CountDownLatch running, Histogram latencies, LongAdder errors) {

        Run(long end, Predicate<AggregatedHttpResponse> good, CountDownLatch running) {
            this(end, good, running, new ConcurrentHistogram(3), new LongAdder());
        }
    }

    private void send(Client client, Run run) {
        long begun = System.nanoTime();
        if (begun >= run.end) {
            run.running.countDown();
            return;
        }
        http.execute(client.next()).aggregate().handle((answer, failure) -> {
            if (failure == null && run.good.test(answer)) {
                run.latencies.recordValue((System.nanoTime() - begun) / 1_000);
            } else {
                if (run.errors.intValue() == 0) {
                    System.err.println("The first that went wrong: " + (failure != null ? failure : answer.status() + " " + answer.contentUtf8()));
                }
                run.errors.increment();
            }
            send(client, run);
            return null;
        });
    }

    @Override
    public void close() {
        factory.close();
    }
}
