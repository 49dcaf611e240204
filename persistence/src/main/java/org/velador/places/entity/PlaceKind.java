package org.velador.places.entity;

/** What a place is. Only a bed can hold a patient. */
public enum PlaceKind {
    BED, ROOM, FRIDGE
}
