/** Notes at the HTTP edge who read what and what was refused, and lets auditors read it. */
package org.velador.audit.boundary;
