/** Where measurements are taken: beds, rooms and fridges, each in a ward. */
package org.velador.places.entity;
