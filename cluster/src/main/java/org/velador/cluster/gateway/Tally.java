package org.velador.cluster.gateway;

import java.util.concurrent.TimeUnit;

/** What became of the requests of one route, in numbers. Written and read on the event loop only. */
final class Tally {

    /** Who answered. */
    enum Source {
        /** A target. */
        SERVICE,
        /** A plugin, which let nothing pass. */
        EXIT,
        /** The gateway, in place of a target that did not. */
        ERROR
    }

    /** The status under which a client that left is counted; nginx's own. */
    static final int CLIENT_LEFT = 499;

    static final int[] GATEWAY_BOUNDS = {1, 2, 5, 7, 10, 15, 20, 30, 50, 75, 100, 200, 500, 750, 1000};
    static final int[] BOUNDS = {25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10000, 30000, 60000};

    private static final int STATUSES = 1000;

    private final String service;
    private final String route;
    private final long[][] answers = new long[Source.values().length][STATUSES];
    private final Latency request = new Latency(BOUNDS);
    private final Latency upstream = new Latency(BOUNDS);
    private final Latency gateway = new Latency(GATEWAY_BOUNDS);
    private long ingress;
    private long egress;

    /** Times in milliseconds, sorted into Kong's ranges. */
    static final class Latency {

        private final int[] bounds;
        private final long[] counts;
        private long sum;

        Latency(int[] bounds) {
            this.bounds = bounds;
            counts = new long[bounds.length + 1];
        }

        void add(long nanos) {
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
            int range = 0;
            while (range < bounds.length && millis > bounds[range]) {
                range++;
            }
            counts[range]++;
            sum += millis;
        }

        int[] bounds() {
            return bounds;
        }

        /** How many fell into the range that ends at the bound of this index; past the last, how many are longer. */
        long count(int range) {
            return counts[range];
        }

        long sum() {
            return sum;
        }
    }

    Tally(String service, String route) {
        this.service = service;
        this.route = route;
    }

    String service() {
        return service;
    }

    String route() {
        return route;
    }

    void answered(Source source, int status) {
        answers[source.ordinal()][Math.min(status, STATUSES - 1)]++;
    }

    /** Bytes of bodies, of requests and of answers. */
    void passed(long in, long out) {
        ingress += in;
        egress += out;
    }

    long answers(Source source, int status) {
        return answers[source.ordinal()][status];
    }

    static int statuses() {
        return STATUSES;
    }

    long ingress() {
        return ingress;
    }

    long egress() {
        return egress;
    }

    /** From a request's head to the end of its answer. */
    Latency request() {
        return request;
    }

    /** From the try that succeeded to the head of the answer. */
    Latency upstream() {
        return upstream;
    }

    /** What the gateway took before that. */
    Latency gateway() {
        return gateway;
    }
}
