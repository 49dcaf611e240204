package org.velador.cluster.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends samples from several clients at once, and checks each answer against what must be said of each sample. */
final class Replay {

    /** Most samples in a request of one bed, and in one of all beds together, which locks most of what is watched. */
    private static final int OF_A_BED = 200;
    private static final int OF_ALL_BEDS = 600;

    /** Seeded: the same batches at every run. */
    private final Random random = new Random(2012);

    private final Api api;
    private final Plain plain;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final Queue<String> mustBeRejected = new ConcurrentLinkedQueue<>();
    private final Queue<String> rejected = new ConcurrentLinkedQueue<>();
    private final Queue<String> miscounted = new ConcurrentLinkedQueue<>();

    Replay(Api api, Plain plain) {
        this.api = api;
        this.plain = plain;
    }

    /** Each bed by one client, in the order it was recorded; several beds at once. */
    void inOrder(Beds beds) throws Exception {
        List<List<Batch>> deliveries = new ArrayList<>();
        beds.records().forEach(record -> deliveries.add(Batch.cut(beds.samples(record), OF_A_BED, random)));
        Clients.each(
                deliveries,
                batches -> {
                    for (Batch batch : batches) {
                        send(batch);
                    }
                });
    }

    /** Everything in any order: each request holds samples of many beds and times, and any client sends it. */
    void shuffled(List<Sample> samples) throws Exception {
        List<Sample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, random);
        Clients.each(Batch.cut(shuffled, OF_ALL_BEDS, random), this::send);
    }

    private void send(Batch batch) throws Exception {
        Batch.Receipt receipt = batch.send(api);
        requests.incrementAndGet();
        stored.addAndGet(receipt.stored());
        duplicates.addAndGet(receipt.duplicates());
        for (Sample sample : batch.samples()) {
            String type = plain.rejection(sample);
            if (type != null) {
                mustBeRejected.add(type + " " + sample);
            }
        }
        receipt.rejected().forEach((index, type) -> rejected.add(type + " " + batch.samples().get(index)));
        if (receipt.stored() + receipt.duplicates() + receipt.rejected().size() != batch.samples().size()) {
            miscounted.add("%s of %d: %s".formatted(batch.format(), batch.samples().size(), receipt));
        }
    }

    /** Asserts that the answers to all requests were right, sample by sample. */
    void assertAnswered() {
        Differences.assertNone("rejected", mustBeRejected, rejected);
        assertThat(miscounted).as("answers that do not account for each sample").isEmpty();
    }

    int stored() {
        return stored.get();
    }

    @Override
    public String toString() {
        return "%d requests, %d stored, %d duplicates, %d rejected"
                .formatted(requests.get(), stored.get(), duplicates.get(), rejected.size());
    }
}
