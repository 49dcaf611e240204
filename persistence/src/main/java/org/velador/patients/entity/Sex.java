package org.velador.patients.entity;

/** Administrative gender, with the words of HL7 FHIR. */
public enum Sex {
    FEMALE, MALE, OTHER, UNKNOWN
}
