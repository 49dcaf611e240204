package org.velador.alarms.entity;

import java.time.OffsetDateTime;

/** One change of an alarm: appended, never changed. */
public final class AlarmEvent {

    /** What happened. */
    public enum Type {
        RAISED, ESCALATED, CLEARED, ACKNOWLEDGED, ACKNOWLEDGEMENT_WITHDRAWN,
        /** A late measurement told more about the past: the alarm began, rose or ended at another time than was known. */
        REVISED
    }

    /** Why it happened. */
    public enum Reason {
        LIMIT_EXCEEDED, WORSE_LIMIT_EXCEEDED, BACK_WITHIN_LIMITS, LATE_MEASUREMENT, PRIORITY_ROSE, BY_A_PERSON,
        /** An instance has been silent for too long, is heard again, or is part of the site no more. */
        NOT_HEARD_OF, HEARD_AGAIN, REMOVED,
        /** A history is not what was signed; somebody has said what became of that. */
        NOT_AS_SIGNED, RESOLVED
    }

    private final Alarm alarm;
    private final Type type;
    private final OffsetDateTime at;
    private final OffsetDateTime recordedAt;
    private final int priority;
    private final Double value;
    private final Double limit;
    private final Reason reason;
    private final String note;

    AlarmEvent(Alarm alarm, Type type, OffsetDateTime at, OffsetDateTime recordedAt, Reason reason, String note) {
        this.alarm = alarm;
        this.type = type;
        this.at = at;
        this.recordedAt = recordedAt;
        this.priority = alarm.priority().rank();
        this.value = alarm.value();
        this.limit = alarm.limit();
        this.reason = reason;
        this.note = note;
    }

    public Alarm alarm() {
        return alarm;
    }

    public Type type() {
        return type;
    }

    /** When it happened: the takenAt of the measurement that caused it, or when a person acted. */
    public OffsetDateTime at() {
        return at;
    }

    public OffsetDateTime recordedAt() {
        return recordedAt;
    }

    /** Rank of the priority that the alarm had then. */
    public int priority() {
        return priority;
    }

    /** That of the alarm then; null when it is technical. */
    public Double value() {
        return value;
    }

    /** That of the alarm then; null when it is technical. */
    public Double limit() {
        return limit;
    }

    public Reason reason() {
        return reason;
    }

    /** What a person had to say; may be null. */
    public String note() {
        return note;
    }
}
