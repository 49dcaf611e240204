/**
 * Real intensive-care records, replayed through a whole site, and what a few lines of plain arithmetic say must come out.
 * Nothing here uses a class of the application: who checks by the same code repeats its mistakes.
 */
package org.velador.cluster.replay;
