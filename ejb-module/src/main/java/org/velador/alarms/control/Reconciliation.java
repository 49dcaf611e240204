package org.velador.alarms.control;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.velador.alarms.entity.Alarm;
import org.velador.alarms.entity.AlarmEvent;
import org.velador.alarms.entity.Episode;

/**
 * Brings the alarms of one variable and place in line with the episodes that its measurements make.
 *
 * <p>New measurements never join two episodes, since what separated them stays stored; they can lengthen one, split one and
 * add some. Of a split episode the newest part keeps the alarm, so that an open alarm stays the one that a nurse has in hand:
 * a late measurement neither clears nor re-raises it.
 */
final class Reconciliation {

    private final News news;
    private final List<Alarm> known;
    private final List<Episode> episodes;
    private final Map<Episode, Alarm> alarmOf = new IdentityHashMap<>();

    /**
     * @param known    the alarms there are, newest first
     * @param episodes the episodes there should be, oldest first
     */
    Reconciliation(News news, List<Alarm> known, List<Episode> episodes) {
        this.news = news;
        this.known = known;
        this.episodes = episodes;
    }

    /** Lets each known alarm follow its episode. */
    List<AlarmEvent> revise(OffsetDateTime now) {
        List<AlarmEvent> events = new ArrayList<>();
        for (Alarm alarm : known) {
            Episode episode = newestPartOf(alarm);
            alarmOf.put(episode, alarm);
            events.addAll(alarm.follow(episode, now));
        }
        return events;
    }

    /** The alarms of the episodes that have none yet. */
    List<Alarm> raise(OffsetDateTime now) {
        List<Alarm> raised = new ArrayList<>();
        for (Episode episode : episodes) {
            if (!alarmOf.containsKey(episode)) {
                Alarm alarm = new Alarm(news.pair().variableId(), news.pair().placeId(), episode, now);
                alarmOf.put(episode, alarm);
                raised.add(alarm);
            }
        }
        return raised;
    }

    Optional<Alarm> openAlarm() {
        return alarmOf.values().stream().filter(Alarm::isOpen).findFirst();
    }

    WatchedPair pair() {
        return news.pair();
    }

    boolean outOfOrder() {
        return news.outOfOrder();
    }

    /** Among the episodes that hold measurements of the alarm as it was known, the newest. */
    private Episode newestPartOf(Alarm alarm) {
        for (int i = episodes.size() - 1; i >= 0; i--) {
            Episode e = episodes.get(i);
            boolean beginsBeforeItEnds = alarm.isOpen()
                    ? !e.raisedAt().isAfter(news.newestBefore())
                    : e.raisedAt().isBefore(alarm.clearedAt());
            if (beginsBeforeItEnds && !e.lastBreachAt().isBefore(alarm.raisedAt())) {
                return e;
            }
        }
        throw new IllegalStateException("Alarm " + alarm.id() + " has no measurements beyond the limits.");
    }
}
