package org.velador.alarms.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** One change of an alarm: appended, never changed. */
@Entity
@Table(name = "alarm_event")
public class AlarmEvent {

    /** What happened. */
    public enum Type {
        RAISED, ESCALATED, CLEARED, ACKNOWLEDGED, ACKNOWLEDGEMENT_WITHDRAWN,
        /** A late measurement told more about the past: the alarm began, rose or ended at another time than was known. */
        REVISED
    }

    /** Why it happened. */
    public enum Reason {
        LIMIT_EXCEEDED, WORSE_LIMIT_EXCEEDED, BACK_WITHIN_LIMITS, LATE_MEASUREMENT, PRIORITY_ROSE, BY_A_PERSON
    }

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "alarm_id")
    private Alarm alarm;

    @Enumerated(EnumType.STRING)
    private Type type;

    private OffsetDateTime at;

    @Column(name = "recorded_at")
    private OffsetDateTime recordedAt;

    private Integer priority;
    private Double value;

    @Column(name = "limit_exceeded")
    private Double limit;

    @Enumerated(EnumType.STRING)
    private Reason reason;

    private String note;

    /** For JPA. */
    protected AlarmEvent() {
    }

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

    public Type type() {
        return type;
    }

    /** When it happened: the takenAt of the measurement that caused it, or when a person acted. */
    public OffsetDateTime at() {
        return at;
    }

    public Reason reason() {
        return reason;
    }
}
