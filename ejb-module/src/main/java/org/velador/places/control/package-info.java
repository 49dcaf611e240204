/** Keeping the places where measurements are taken. */
package org.velador.places.control;
