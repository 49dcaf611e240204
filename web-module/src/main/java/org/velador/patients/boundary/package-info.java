/** Patients, their stays and their history over HTTP. */
package org.velador.patients.boundary;
