/** The alarm desk: lets alarms follow the measurements, in their transaction, and shows and acknowledges them. */
package org.velador.alarms.control;
