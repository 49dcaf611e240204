/**
 * Lets Arquillian deploy on a node as it is shipped: {@code bin/velador} in a process of its own, with an embedded PostgreSQL.
 */
package org.velador.ear.node;
