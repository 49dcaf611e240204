package org.velador.patients.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** An entry of a patient's history. There is no verb to change one: a correction is an entry of its own. */
@Entity
@Table(name = "history_entry")
public class HistoryEntry {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "patient_id")
    private Patient patient;

    private int number;
    private String author;
    private OffsetDateTime time;
    private String text;

    @Column(name = "recorded_at")
    private OffsetDateTime recordedAt;

    /** For JPA. */
    protected HistoryEntry() {
    }

    /**
     * A new entry.
     *
     * @param number counts from 1 for each patient, without gaps
     * @param time   when it happened, as the author says
     * @param now    when it is recorded
     * @throws IllegalArgumentException when the time is in the future
     */
    public HistoryEntry(Patient patient, int number, String author, OffsetDateTime time, String text, OffsetDateTime now) {
        this.patient = patient;
        this.number = number;
        this.author = author;
        this.time = EventTime.of(time, now);
        this.text = text;
        this.recordedAt = now;
    }

    public Patient patient() {
        return patient;
    }

    public int number() {
        return number;
    }

    public String author() {
        return author;
    }

    public OffsetDateTime time() {
        return time;
    }

    public String text() {
        return text;
    }

    public OffsetDateTime recordedAt() {
        return recordedAt;
    }
}
