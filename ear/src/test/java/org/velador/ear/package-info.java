/**
 * Tests of the shipped archive, deployed on the shipped node with a real database: inside, where transactions are, and from
 * outside, as a client sees it.
 */
package org.velador.ear;
