package org.velador.places.entity;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** Where something is measured: a bed, a room or a fridge, in a ward. Devices name it by its code ({@code ICU-05}). */
@Entity
@Table(name = "place")
public class Place {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer id;

    private String code;
    private String name;
    private String ward;

    @Enumerated(EnumType.STRING)
    private PlaceKind kind;

    @Version
    private int version;

    /** For JPA. */
    protected Place() {
    }

    /** A new place; its code never changes, since devices send it. */
    public Place(String code) {
        this.code = code;
    }

    public void describe(String name, String ward, PlaceKind kind) {
        this.name = name;
        this.ward = ward;
        this.kind = kind;
    }

    public Integer id() {
        return id;
    }

    public String code() {
        return code;
    }

    /** A name for people, or null: then the code has to do. */
    public String name() {
        return name;
    }

    public String ward() {
        return ward;
    }

    public PlaceKind kind() {
        return kind;
    }

    public int version() {
        return version;
    }
}
