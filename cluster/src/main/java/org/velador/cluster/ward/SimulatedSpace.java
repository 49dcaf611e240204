package org.velador.cluster.ward;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** A place with a thermometer: a room, or a vaccine fridge whose door is now and then left open for some minutes. */
final class SimulatedSpace implements Source {

    private final String place;
    private final String variable;
    private final Drift drift;
    private final double warmerWithDoorOpen;
    private final double secondsBetweenOpenDoors;
    private final RandomGenerator random;
    private Instant last;
    private Instant doorOpenUntil = Instant.MIN;
    private double warmth;

    private SimulatedSpace(
            String place, String variable, Drift drift, double warmer, double secondsBetween, RandomGenerator random) {
        this.place = place;
        this.variable = variable;
        this.drift = drift;
        this.warmerWithDoorOpen = warmer;
        this.secondsBetweenOpenDoors = secondsBetween;
        this.random = random;
    }

    /** A vaccine fridge: 2 to 8 °C is right for it, an open door warms it to about 12 °C. */
    static SimulatedSpace fridge(String place, RandomGenerator random) {
        return new SimulatedSpace(place, "fridge-temperature", new Drift(4.8, 0.4, 600), 7, 1800, random);
    }

    /** A room at about 22 °C. */
    static SimulatedSpace room(String place, RandomGenerator random) {
        return new SimulatedSpace(place, "room-temperature", new Drift(22, 0.5, 1800), 0, Double.MAX_VALUE, random);
    }

    @Override
    public List<Reading> readings(Instant now) {
        double seconds = last == null ? 1 : Duration.between(last, now).toMillis() / 1000.0;
        last = now;
        boolean open = now.isBefore(doorOpenUntil);
        if (!open && random.nextDouble() < 1 - Math.exp(-seconds / secondsBetweenOpenDoors)) {
            openDoor(now);
        }
        double towards = open ? warmerWithDoorOpen : 0;
        warmth = towards + (warmth - towards) * Math.exp(-seconds / 120);
        double celsius = Math.rint((drift.after(seconds, random) + warmth) * 10) / 10;
        return List.of(new Reading(variable, place, celsius, "Cel", now, "thermometer-" + place));
    }

    void openDoor(Instant now) {
        doorOpenUntil = now.plusSeconds(random.nextInt(180, 420));
    }
}
