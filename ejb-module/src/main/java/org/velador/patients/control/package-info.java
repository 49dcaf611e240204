/** Keeping patients, their stays and their history, and saying who was in a bed at a time. */
package org.velador.patients.control;
