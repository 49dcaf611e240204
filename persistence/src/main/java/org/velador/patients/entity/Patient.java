package org.velador.patients.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalDate;

/** A patient, known by the medical record number (MRN) that the hospital gave. */
@Entity
@Table(name = "patient")
public class Patient {

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String mrn;
    private String name;

    @Column(name = "birth_date")
    private LocalDate birthDate;

    @Enumerated(EnumType.STRING)
    private Sex sex;

    @Column(name = "merged_into", insertable = false, updatable = false)
    private Long mergedInto;

    @Version
    private int version;

    /** For JPA. */
    protected Patient() {
    }

    /** A new patient; the MRN never changes, since records elsewhere name it. */
    public Patient(String mrn) {
        this.mrn = mrn;
    }

    /**
     * Says who the patient is.
     *
     * @param birthDate null when it is not known (yet), as for the unconscious
     * @param today     in UTC; a child is born on the next day already where the day begins earlier
     * @throws IllegalArgumentException when nobody alive can have been born on that date
     */
    public void describe(String name, LocalDate birthDate, Sex sex, LocalDate today) {
        LocalDate latest = today.plusDays(1);
        if (birthDate != null && (birthDate.isBefore(EARLIEST_BIRTH) || birthDate.isAfter(latest))) {
            throw new IllegalArgumentException("'" + birthDate + "' (expected: from " + EARLIEST_BIRTH + " to " + latest + ")");
        }
        this.name = name;
        this.birthDate = birthDate;
        this.sex = sex;
    }

    public Long id() {
        return id;
    }

    public String mrn() {
        return mrn;
    }

    public String name() {
        return name;
    }

    public LocalDate birthDate() {
        return birthDate;
    }

    public Sex sex() {
        return sex;
    }

    /** Whether this one turned out to be another patient: then nothing is added to it any more. */
    public boolean isMerged() {
        return mergedInto != null;
    }

    public int version() {
        return version;
    }
}
