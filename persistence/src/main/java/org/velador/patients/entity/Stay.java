package org.velador.patients.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import org.velador.places.entity.Place;

/**
 * A patient's time in a bed, from admission (included) to discharge (not included).
 *
 * <p>That a bed holds one patient at a time, and that a patient is in one bed at a time, is kept by exclusion constraints
 * of the table: no look beforehand could, while other instances admit too.
 */
@Entity
@Table(name = "stay")
public class Stay {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "patient_id")
    private Patient patient;

    @ManyToOne(optional = false)
    @JoinColumn(name = "place_id")
    private Place place;

    @Column(name = "admitted_at")
    private OffsetDateTime admittedAt;

    @Column(name = "discharged_at")
    private OffsetDateTime dischargedAt;

    @Version
    private int version;

    /** For JPA. */
    protected Stay() {
    }

    /**
     * Admits a patient.
     *
     * @throws IllegalArgumentException when the time is in the future
     */
    public Stay(Patient patient, Place place, OffsetDateTime from, OffsetDateTime now) {
        this.admittedAt = EventTime.of(from, now);
        this.patient = patient;
        this.place = place;
    }

    /**
     * Discharges the patient.
     *
     * @throws IllegalArgumentException when the time is in the future or not after the admission
     * @throws IllegalStateException    when the stay has ended already
     */
    public void end(OffsetDateTime at, OffsetDateTime now) {
        if (dischargedAt != null) {
            throw new IllegalStateException("The stay ended at " + dischargedAt + " already");
        }
        OffsetDateTime end = EventTime.of(at, now);
        if (!end.isAfter(admittedAt)) {
            throw new IllegalArgumentException("'" + end + "' (expected: after the admission at " + admittedAt.toInstant() + ")");
        }
        this.dischargedAt = end;
    }

    public Patient patient() {
        return patient;
    }

    public Place place() {
        return place;
    }

    public OffsetDateTime admittedAt() {
        return admittedAt;
    }

    /** Null while the stay lasts. */
    public OffsetDateTime dischargedAt() {
        return dischargedAt;
    }
}
