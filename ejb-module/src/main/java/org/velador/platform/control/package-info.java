/**
 * What every feature stands on: the data source and its migrations, the clock, whether the database answers, and
 * problems, the named reasons why something was refused.
 */
package org.velador.platform.control;
