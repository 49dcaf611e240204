package org.velador.cluster.replay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A bed for each record, in wards of twenty, and the patients who lie there for the 48 hours.
 *
 * @param prefix of the codes of places ({@code PN-001}) and wards ({@code PN-1})
 * @param records in the order of the beds
 * @param admittedAt when all of them are admitted
 */
record Beds(String prefix, List<PhysioNetRecord> records, Instant admittedAt) {

    private static final int BEDS_OF_A_WARD = 20;

    /** A stay ends before its end: a minute more, for what was measured when the 48 hours were full. */
    private static final Duration STAY = Duration.ofHours(48).plusMinutes(1);

    List<String> wards() {
        return records.stream().map(this::ward).distinct().toList();
    }

    String place(PhysioNetRecord record) {
        return String.format(Locale.ROOT, "%s-%03d", prefix, records.indexOf(record) + 1);
    }

    private String ward(PhysioNetRecord record) {
        return prefix + "-" + (records.indexOf(record) / BEDS_OF_A_WARD + 1);
    }

    /** What the devices at the bed of a record send, in the order of its file. */
    List<Sample> samples(PhysioNetRecord record) {
        String place = place(record);
        String ward = ward(record);
        List<Sample> samples = new ArrayList<>();
        for (PhysioNetRecord.Reading reading : record.readings()) {
            Instant takenAt = admittedAt.plus(Duration.ofMinutes(reading.minute()));
            samples.add(new Sample(place, ward, record.mrn(), reading.variable(), takenAt, reading.value()));
        }
        return samples;
    }

    List<Sample> samples() {
        return records.stream().flatMap(record -> samples(record).stream()).toList();
    }

    /** Makes the places, and admits and discharges the patients. */
    void fill(Api api) throws Exception {
        Clients.each(records, record -> stay(record, api));
    }

    private void stay(PhysioNetRecord record, Api api) throws IOException, InterruptedException {
        api.create("/api/places", Map.of("code", place(record), "ward", ward(record), "kind", "bed"), 201);
        String stays = "/api/patients/" + record.mrn() + "/stays";
        api.create(stays, Map.of("place", place(record), "from", admittedAt.toString()), 201);
        api.create(stays + "/current/end", Map.of("at", admittedAt.plus(STAY).toString()), 200);
    }
}
