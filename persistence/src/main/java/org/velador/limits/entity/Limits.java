package org.velador.limits.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.velador.patients.entity.Patient;
import org.velador.places.entity.Place;
import org.velador.variables.entity.Variable;

/**
 * The limits of a variable, by default or for one ward, one place or one patient. Which of them apply to a measurement is
 * decided elsewhere, for whole batches; these are the rows that people keep.
 */
@Entity
@Table(name = "limits")
public class Limits {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "variable_id")
    private Variable variable;

    private String ward;

    @ManyToOne
    @JoinColumn(name = "place_id")
    private Place place;

    @ManyToOne
    @JoinColumn(name = "patient_id")
    private Patient patient;

    @Column(name = "medium_low")
    private Double mediumLow;

    @Column(name = "medium_high")
    private Double mediumHigh;

    @Column(name = "high_low")
    private Double highLow;

    @Column(name = "high_high")
    private Double highHigh;

    @Version
    private int version;

    /** For JPA. */
    protected Limits() {
    }

    private Limits(Variable variable, String ward, Place place, Patient patient) {
        this.variable = variable;
        this.ward = ward;
        this.place = place;
        this.patient = patient;
    }

    public static Limits byDefault(Variable variable) {
        return new Limits(variable, null, null, null);
    }

    public static Limits forWard(Variable variable, String ward) {
        return new Limits(variable, ward, null, null);
    }

    public static Limits forPlace(Variable variable, Place place) {
        return new Limits(variable, null, place, null);
    }

    public static Limits forPatient(Variable variable, Patient patient) {
        return new Limits(variable, null, null, patient);
    }

    /** Sets all four; measurements that are stored already stay assessed as they were. */
    public void set(Thresholds thresholds) {
        this.mediumLow = thresholds.mediumLow();
        this.mediumHigh = thresholds.mediumHigh();
        this.highLow = thresholds.highLow();
        this.highHigh = thresholds.highHigh();
    }

    public Thresholds thresholds() {
        return new Thresholds(mediumLow, mediumHigh, highLow, highHigh);
    }

    public Integer id() {
        return id;
    }

    public Variable variable() {
        return variable;
    }

    /** Null unless they are for a ward. */
    public String ward() {
        return ward;
    }

    /** Null unless they are for a place. */
    public Place place() {
        return place;
    }

    /** Null unless they are for a patient. */
    public Patient patient() {
        return patient;
    }

    public int version() {
        return version;
    }
}
