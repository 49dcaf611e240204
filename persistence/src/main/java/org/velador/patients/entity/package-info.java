/** Patients: who they are, in which bed they stayed and when, and their history, which is only ever appended to. */
package org.velador.patients.entity;
