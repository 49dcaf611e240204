package org.velador.measurements.control;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.velador.alarms.control.AlarmDesk;
import org.velador.alarms.control.News;
import org.velador.alarms.control.WatchedPair;
import org.velador.alarms.entity.Alarm;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.limits.control.LimitsInForce;
import org.velador.limits.control.LimitsReader;
import org.velador.limits.entity.Thresholds;
import org.velador.measurements.control.MeasurementRows.Newest;
import org.velador.patients.control.Stays;
import org.velador.patients.control.StaysReader;
import org.velador.platform.control.DatabaseFailure;
import org.velador.platform.control.Problem;
import org.velador.platform.control.ProblemException;

/**
 * Takes measurements in: one or ten thousand by the same way, in one transaction. When {@link #take} has returned, what it
 * says is stored is on disk, and the alarms have followed.
 *
 * <p>The good ones of a request are stored although others are bad. The natural key (variable, place, takenAt) makes a
 * repeated request harmless.
 */
@Stateless
public class MeasurementIntake {

    /** Older than this on arrival is late. */
    static final Duration LATE = Duration.ofMinutes(5);

    @PersistenceContext
    EntityManager em;

    @EJB
    AlarmDesk alarms;

    @EJB
    MeasurementPartitions partitions;

    @EJB
    AuditTrail audit;

    /**
     * Stores what can be stored.
     *
     * @return what became of each draft, and the open alarms of what was measured
     */
    public Receipt take(List<Draft> drafts, OffsetDateTime now) throws SQLException {
        return take(drafts, 0, now);
    }

    /**
     * The same where others came with them.
     *
     * @param unreadable how many others, which could not even be read
     */
    public Receipt take(List<Draft> drafts, int unreadable, OffsetDateTime now) throws SQLException {
        Receipt receipt = store(drafts, now);
        List<String> places = drafts.stream().map(Draft::place).distinct().toList();
        audit.record(Action.MEASUREMENT_ADD, places.size() == 1 ? places.get(0) : null, "stored %d, duplicate %d, rejected %d, of %d places"
                .formatted(receipt.stored(), receipt.duplicates(), unreadable + receipt.outcomes().size() - receipt.stored() - receipt.duplicates(), places.size()));
        return receipt;
    }

    private Receipt store(List<Draft> drafts, OffsetDateTime now) throws SQLException {
        Connection connection = em.unwrap(Connection.class);
        Reference reference = Reference.load(connection, codes(drafts, Draft::variable), codes(drafts, Draft::place));
        List<Outcome> outcomes = new ArrayList<>(drafts.size());
        List<Candidate> candidates = screen(drafts, new Screening(reference, now), outcomes);
        if (candidates.isEmpty()) {
            return new Receipt(outcomes, Map.of());
        }

        MeasurementRows rows = new MeasurementRows(connection);
        Set<WatchedPair> pairs = candidates.stream().map(Candidate::pair).collect(Collectors.toSet());
        Map<WatchedPair, Newest> newest = rows.lock(pairs);
        Context context = Context.load(connection, candidates);

        List<Candidate> fresh = withoutKnown(candidates, newest, rows, context, outcomes);
        Map<WatchedPair, List<Candidate.Assessed>> assessed = context.assess(fresh, newest, now);
        List<Candidate.Assessed> all = assessed.values().stream().flatMap(List::stream).toList();
        insert(all, rows, now);
        rows.updateNewest(assessed, newest, now);
        for (Candidate.Assessed a : all) {
            outcomes.add(new Outcome.Stored(a.candidate().index(), MeasurementRows.view(a, now)));
        }
        Map<WatchedPair, Alarm> open = new HashMap<>(alarms.follow(news(assessed, newest), now));
        open.putAll(alarms.open(openAside(newest, assessed, open.keySet())));
        return new Receipt(outcomes, openAlarms(open, reference));
    }

    private void insert(List<Candidate.Assessed> measurements, MeasurementRows rows, OffsetDateTime now) throws SQLException {
        if (measurements.isEmpty()) {
            return;
        }
        try {
            rows.insert(measurements, now);
        } catch (SQLException e) {
            if (DatabaseFailure.isMissingPartition(e)) {
                // Too late for this request, but the sender is asked to repeat it.
                partitions.makeAheadSoon(now);
            }
            throw e;
        }
    }

    /** The pairs with an open alarm that did not have to follow: nothing of theirs is new, or what is was taken long before. */
    private static List<WatchedPair> openAside(Map<WatchedPair, Newest> newest, Map<WatchedPair, List<Candidate.Assessed>> assessed,
            Set<WatchedPair> followed) {
        return newest.entrySet().stream()
                .filter(e -> e.getValue().breached() && !followed.contains(e.getKey()))
                .filter(e -> !assessed.containsKey(e.getKey()) || e.getValue().isNotBefore(assessed.get(e.getKey()).get(0).candidate().takenAt()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<String> codes(List<Draft> drafts, Function<Draft, String> code) {
        // What PostgreSQL cannot hold as text is no code of anything.
        return drafts.stream().map(code).filter(c -> c != null && Screening.isText(c)).collect(Collectors.toSet());
    }

    /** What can be stored as far as each measurement by itself tells. */
    private static List<Candidate> screen(List<Draft> drafts, Screening screening, List<Outcome> outcomes) {
        List<Candidate> candidates = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            try {
                candidates.add(screening.screen(draft));
            } catch (ProblemException e) {
                outcomes.add(new Outcome.Rejected(draft.index(), e.problem()));
            }
        }
        return candidates;
    }

    /**
     * Sorts out what is stored already: the same value is a duplicate, another one a conflict. Of several with the same key the
     * first is kept, and the others are judged by it as if it had come in an earlier request.
     */
    private static List<Candidate> withoutKnown(List<Candidate> candidates, Map<WatchedPair, Newest> newest, MeasurementRows rows,
            Context context, List<Outcome> outcomes) throws SQLException {
        // Only what is not newer than the newest can be there already: usually nothing, and nothing has to be asked.
        List<Candidate> suspects = candidates.stream().filter(c -> newest.get(c.pair()).isNotBefore(c.takenAt())).toList();
        Map<Candidate.Key, MeasurementView> known = new HashMap<>(rows.stored(suspects, context));
        List<Candidate> fresh = new ArrayList<>(candidates.size());
        Map<Candidate.Key, Candidate> seen = new HashMap<>();
        for (Candidate c : candidates) {
            Candidate.Key key = c.key();
            MeasurementView stored = known.get(key);
            Candidate first = stored == null ? seen.putIfAbsent(key, c) : null;
            if (stored == null && first == null) {
                fresh.add(c);
            } else if (c.value() == (stored == null ? first.value() : stored.value())) {
                outcomes.add(new Outcome.Duplicate(c.index(), stored));
            } else {
                outcomes.add(new Outcome.Rejected(c.index(), conflict(c, stored == null ? first.value() : stored.value())));
            }
        }
        return fresh;
    }

    private static Problem conflict(Candidate c, double stored) {
        return new Problem(409, "measurement-conflict", "Conflicting measurement", "value: " + c.value() + " (expected: " + stored
                + ", as stored for " + c.variable().code() + " at " + c.place().code() + " at " + c.takenAt() + "; a measurement is never changed)");
    }

    private static List<News> news(Map<WatchedPair, List<Candidate.Assessed>> assessed, Map<WatchedPair, Newest> newest) {
        List<News> news = new ArrayList<>(assessed.size());
        assessed.forEach((pair, list) -> news.add(new News(pair, newest.get(pair).takenAt(), newest.get(pair).breached(),
                list.stream().map(a -> new org.velador.alarms.entity.Assessed(a.candidate().takenAt(), a.candidate().value(), a.breach())).toList())));
        return news;
    }

    private static Map<Receipt.Pair, Receipt.OpenAlarm> openAlarms(Map<WatchedPair, Alarm> open, Reference reference) {
        if (open.isEmpty()) {
            return Map.of();
        }
        Map<Integer, String> variables = new HashMap<>();
        Map<Integer, String> places = new HashMap<>();
        reference.variables().values().forEach(v -> variables.put(v.id(), v.code()));
        reference.places().values().forEach(p -> places.put(p.id(), p.code()));
        Map<Receipt.Pair, Receipt.OpenAlarm> alarmOf = new LinkedHashMap<>();
        open.forEach((pair, alarm) -> alarmOf.put(
                new Receipt.Pair(variables.get(pair.variableId()), places.get(pair.placeId())), Receipt.OpenAlarm.of(alarm)));
        return alarmOf;
    }

    /** What holds around the measurements of a request: who lay where, and which limits are in force. */
    record Context(LimitsInForce limits, Stays stays) {

        static Context load(Connection connection, List<Candidate> candidates) throws SQLException {
            int[] variables = candidates.stream().mapToInt(c -> c.variable().id()).distinct().toArray();
            int[] places = candidates.stream().mapToInt(c -> c.place().id()).distinct().toArray();
            OffsetDateTime from = candidates.stream().map(Candidate::takenAt).min(Comparator.naturalOrder()).orElseThrow();
            OffsetDateTime to = candidates.stream().map(Candidate::takenAt).max(Comparator.naturalOrder()).orElseThrow();
            return new Context(LimitsReader.load(connection, variables, places), StaysReader.load(connection, places, from, to));
        }

        /** By pair in locking order, each in the order they were taken. */
        Map<WatchedPair, List<Candidate.Assessed>> assess(List<Candidate> fresh, Map<WatchedPair, Newest> newest, OffsetDateTime now) {
            Map<WatchedPair, List<Candidate>> byPair = new HashMap<>();
            fresh.forEach(c -> byPair.computeIfAbsent(c.pair(), pair -> new ArrayList<>()).add(c));
            Map<WatchedPair, List<Candidate.Assessed>> assessed = new TreeMap<>();
            OffsetDateTime lateBefore = now.minus(LATE);
            byPair.forEach((pair, candidates) -> {
                candidates.sort(Comparator.comparing(Candidate::takenAt));
                assessed.put(pair, assess(candidates, newest.get(pair), lateBefore));
            });
            return assessed;
        }

        /** Those of one pair: what they have in common is looked up once for as long as the same patient lies there. */
        private List<Candidate.Assessed> assess(List<Candidate> candidates, Newest newest, OffsetDateTime lateBefore) {
            List<Candidate.Assessed> assessed = new ArrayList<>(candidates.size());
            Stays.Occupant patient = null;
            Thresholds thresholds = null;
            for (Candidate c : candidates) {
                Stays.Occupant occupant = stays.occupant(c.place().id(), c.takenAt());
                if (thresholds == null || occupant != patient) {
                    patient = occupant;
                    thresholds = limits.forMeasurement(c.variable().id(), c.place().id(), c.place().ward(), occupant == null ? null : occupant.patientId());
                }
                boolean late = newest.isNotBefore(c.takenAt()) || c.takenAt().isBefore(lateBefore);
                assessed.add(new Candidate.Assessed(c, occupant == null ? null : occupant.mrn(), thresholds.assess(c.value()), late));
            }
            return assessed;
        }

        String patientAt(int placeId, OffsetDateTime at) {
            Stays.Occupant occupant = stays.occupant(placeId, at);
            return occupant == null ? null : occupant.mrn();
        }
    }
}
