/** What is noted of who did what, and the rules by which nobody alters that unseen. */
package org.velador.audit.entity;
