package org.velador.alarms.entity;

import static org.velador.alarms.entity.AlarmEvent.Reason.BACK_WITHIN_LIMITS;
import static org.velador.alarms.entity.AlarmEvent.Reason.BY_A_PERSON;
import static org.velador.alarms.entity.AlarmEvent.Reason.LATE_MEASUREMENT;
import static org.velador.alarms.entity.AlarmEvent.Reason.LIMIT_EXCEEDED;
import static org.velador.alarms.entity.AlarmEvent.Reason.PRIORITY_ROSE;
import static org.velador.alarms.entity.AlarmEvent.Reason.WORSE_LIMIT_EXCEEDED;
import static org.velador.alarms.entity.AlarmEvent.Type.ACKNOWLEDGED;
import static org.velador.alarms.entity.AlarmEvent.Type.ACKNOWLEDGEMENT_WITHDRAWN;
import static org.velador.alarms.entity.AlarmEvent.Type.CLEARED;
import static org.velador.alarms.entity.AlarmEvent.Type.ESCALATED;
import static org.velador.alarms.entity.AlarmEvent.Type.RAISED;
import static org.velador.alarms.entity.AlarmEvent.Type.REVISED;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.velador.limits.entity.Priority;

/**
 * A variable at a place is beyond its limits, or something technical is wrong, and somebody has to know.
 *
 * <p>The life of a physiological one: a measurement beyond a limit <em>raises</em> it; a worse one <em>escalates</em> it and takes an acknowledgement
 * back; a person <em>acknowledges</em> it; a measurement inside the limits <em>clears</em> it, for good. An alarm follows its
 * {@link Episode}: when a late measurement shows that this began, rose or ended at another time, the alarm is <em>revised</em>.
 * Each change leaves an {@link AlarmEvent}. At most one alarm of a variable and place is open; the database sees to that.
 *
 * <p>A technical one is about a subject, such as an instance, of which a condition holds. It is raised and cleared with the
 * condition, in sets and by SQL, and acknowledged like the others; it has no variable, value and limit.
 */
@Entity
@Table(name = "alarm")
public class Alarm {

    @Id
    private Long id;

    @Enumerated(EnumType.STRING)
    private AlarmKind kind = AlarmKind.PHYSIOLOGICAL;

    private String condition;
    private String subject;

    @Column(name = "variable_id")
    private Integer variableId;

    @Column(name = "place_id")
    private Integer placeId;

    private int priority;
    private Double value;

    @Column(name = "limit_exceeded")
    private Double limit;

    @Column(name = "raised_at")
    private OffsetDateTime raisedAt;

    @Column(name = "escalated_at")
    private OffsetDateTime escalatedAt;

    @Column(name = "cleared_at")
    private OffsetDateTime clearedAt;

    @Column(name = "acknowledged_at")
    private OffsetDateTime acknowledgedAt;

    @Column(name = "recorded_at")
    private OffsetDateTime recordedAt;

    @Version
    private int version;

    /** For JPA. */
    protected Alarm() {
    }

    /** The alarm of an episode that has none yet; {@link #firstEvents} tells its story so far. */
    public Alarm(int variableId, int placeId, Episode episode, OffsetDateTime now) {
        this.variableId = variableId;
        this.placeId = placeId;
        this.recordedAt = now;
        take(episode);
    }

    /**
     * What is to be told of a new alarm.
     *
     * @param outOfOrder whether a late measurement brought it to light
     */
    public List<AlarmEvent> firstEvents(OffsetDateTime now, boolean outOfOrder) {
        List<AlarmEvent> events = new ArrayList<>();
        events.add(event(RAISED, raisedAt, now, outOfOrder ? LATE_MEASUREMENT : LIMIT_EXCEEDED));
        if (escalatedAt != null) {
            events.add(event(ESCALATED, escalatedAt, now, outOfOrder ? LATE_MEASUREMENT : WORSE_LIMIT_EXCEEDED));
        }
        if (clearedAt != null) {
            events.add(event(CLEARED, clearedAt, now, outOfOrder ? LATE_MEASUREMENT : BACK_WITHIN_LIMITS));
        }
        return events;
    }

    /** Takes over what is now known of its episode; answers what changed by that, or nothing. */
    public List<AlarmEvent> follow(Episode episode, OffsetDateTime now) {
        boolean rises = episode.priority().isAbove(priority());
        boolean clears = clearedAt == null && !episode.isOpen();
        boolean revised = !raisedAt.isEqual(episode.raisedAt())
                || !rises && (priority() != episode.priority() || value != episode.value() || limit != episode.limit()
                        || !same(escalatedAt, episode.escalatedAt()))
                || !clears && !same(clearedAt, episode.clearedAt());
        take(episode);

        List<AlarmEvent> events = new ArrayList<>();
        if (revised) {
            events.add(event(REVISED, raisedAt, now, LATE_MEASUREMENT));
        }
        if (rises) {
            // A late one can make the very first measurement of the episode the highest: then it rose when it began.
            OffsetDateTime at = escalatedAt == null ? raisedAt : escalatedAt;
            events.add(event(ESCALATED, at, now, WORSE_LIMIT_EXCEEDED));
            if (acknowledgedAt != null) {
                acknowledgedAt = null;
                events.add(event(ACKNOWLEDGEMENT_WITHDRAWN, at, now, PRIORITY_ROSE));
            }
        }
        if (clears) {
            events.add(event(CLEARED, clearedAt, now, BACK_WITHIN_LIMITS));
        }
        return events;
    }

    /**
     * Somebody has taken notice. A second acknowledgement changes nothing, so that a request may be repeated.
     *
     * @return the event, or nothing when it was acknowledged already
     * @throws IllegalStateException when the alarm is cleared: there is nothing left to acknowledge
     */
    public List<AlarmEvent> acknowledge(String note, OffsetDateTime now) {
        if (clearedAt != null) {
            throw new IllegalStateException("The alarm was cleared at " + clearedAt + ".");
        }
        if (acknowledgedAt != null) {
            return List.of();
        }
        acknowledgedAt = now;
        return List.of(new AlarmEvent(this, ACKNOWLEDGED, now, now, BY_A_PERSON, note));
    }

    /**
     * Its episode as far as it is known.
     *
     * @param lastBreachAt when the newest measurement of it was taken
     */
    public Episode episode(OffsetDateTime lastBreachAt) {
        return new Episode(raisedAt, escalatedAt, clearedAt, lastBreachAt, priority(), value, limit);
    }

    private void take(Episode episode) {
        raisedAt = episode.raisedAt();
        escalatedAt = episode.escalatedAt();
        clearedAt = episode.clearedAt();
        priority = episode.priority().rank();
        value = episode.value();
        limit = episode.limit();
    }

    private AlarmEvent event(AlarmEvent.Type type, OffsetDateTime at, OffsetDateTime now, AlarmEvent.Reason reason) {
        return new AlarmEvent(this, type, at, now, reason, null);
    }

    private static boolean same(OffsetDateTime a, OffsetDateTime b) {
        return a == null || b == null ? Objects.equals(a, b) : a.isEqual(b);
    }

    /** Null until it is stored. */
    public Long id() {
        return id;
    }

    /** It is stored now, and the database has given it an id. */
    public void stored(long as) {
        if (id != null) {
            throw new IllegalStateException("The alarm is stored already, as " + id + ".");
        }
        id = as;
    }

    public OffsetDateTime recordedAt() {
        return recordedAt;
    }

    public AlarmKind kind() {
        return kind;
    }

    /** Stable name of what is wrong; null unless the alarm is technical. */
    public String condition() {
        return condition;
    }

    /** What the condition holds of; null unless the alarm is technical. */
    public String subject() {
        return subject;
    }

    /** Null when the alarm is technical. */
    public Integer variableId() {
        return variableId;
    }

    /** Null when the alarm is technical and not about a place. */
    public Integer placeId() {
        return placeId;
    }

    public Priority priority() {
        return Priority.ofRank(priority);
    }

    /** Null when the alarm is technical. */
    public Double value() {
        return value;
    }

    /** Null when the alarm is technical. */
    public Double limit() {
        return limit;
    }

    public OffsetDateTime raisedAt() {
        return raisedAt;
    }

    public OffsetDateTime escalatedAt() {
        return escalatedAt;
    }

    public OffsetDateTime clearedAt() {
        return clearedAt;
    }

    public OffsetDateTime acknowledgedAt() {
        return acknowledgedAt;
    }

    public boolean isOpen() {
        return clearedAt == null;
    }
}
