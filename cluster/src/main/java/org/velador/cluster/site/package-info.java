/**
 * A whole site on one machine: embedded PostgreSQL, several instances, the gateway, and the command that runs them. Built
 * once, used by the run command, by tests, and by whatever wants to hurt an instance on purpose.
 */
package org.velador.cluster.site;
