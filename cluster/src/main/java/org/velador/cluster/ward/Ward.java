package org.velador.cluster.ward;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The simulated ward at work: twelve beds, a vaccine fridge and a room, each with a device that posts once a second. Devices
 * take turns within the second, as devices that were switched on one after another do.
 */
public final class Ward implements AutoCloseable {

    private final Consumer<String> notes;
    private final Post post;
    private final RandomGenerator.SplittableGenerator random;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "ward");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final List<Device> devices = new ArrayList<>();

    private Ward(URI site, String key, long seed, Consumer<String> notes) {
        this.notes = notes;
        this.post = new Post(site, key);
        this.random = RandomGeneratorFactory.<RandomGenerator.SplittableGenerator>of("L64X128MixRandom").create(seed);
    }

    /**
     * Opens the ward: in the background it admits the patients, then starts the devices.
     *
     * @param site base address of the gateway
     * @param key of a service that may admit patients and post measurements
     * @param seed of everything random: the same seed, the same ward
     * @param notes told why the ward stays empty, if it has to
     */
    public static Ward open(URI site, String key, long seed, Consumer<String> notes) {
        Ward ward = new Ward(site, key, seed, notes);
        ward.clock.execute(ward::begin);
        return ward;
    }

    private void begin() {
        try {
            new Admissions(post).fillWard();
        } catch (InterruptedException closed) {
            return;
        } catch (IllegalStateException refused) {
            notes.accept("the simulated ward stays empty: " + refused.getMessage());
            return;
        }
        for (String bed : Admissions.BEDS) {
            add("monitor-" + bed, new SimulatedPatient(bed, random.split()));
        }
        add("thermometer-fridge", SimulatedSpace.fridge(Admissions.FRIDGE, random.split()));
        add("thermometer-room", SimulatedSpace.room(Admissions.ROOM, random.split()));
    }

    private synchronized void add(String name, Source source) {
        if (clock.isShutdown()) {
            return;
        }
        Device device = new Device(name, source, post);
        long turn = devices.size() * 1_000L / (Admissions.BEDS.size() + 2);
        devices.add(device);
        clock.scheduleAtFixedRate(
                () -> device.take(Instant.now().truncatedTo(ChronoUnit.MILLIS)), turn, 1_000, TimeUnit.MILLISECONDS);
    }

    /** Stops all devices. */
    @Override
    public void close() {
        List<Device> stopping;
        synchronized (this) {
            clock.shutdownNow();
            stopping = List.copyOf(devices);
        }
        stopping.forEach(Device::close);
    }
}
