package org.velador.cluster.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several clients at work at once; each takes the next piece when it is done with one. */
final class Clients {

    private static final int CLIENTS = 8;

    interface Task<T> {
        void run(T piece) throws Exception;
    }

    private Clients() {}

    /** Returns when all pieces are done; the first failure ends it. */
    static <T> void each(Collection<T> pieces, Task<T> task) throws Exception {
        Queue<T> waiting = new ConcurrentLinkedQueue<>(pieces);
        Callable<Void> client =
                () -> {
                    for (T piece = waiting.poll(); piece != null; piece = waiting.poll()) {
                        task.run(piece);
                    }
                    return null;
                };
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(client));
            }
            for (Future<Void> each : clients) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
