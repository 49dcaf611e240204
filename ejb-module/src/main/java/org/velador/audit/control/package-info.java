/** Notes who did what, seals it in chains that show tampering, finds it again, and verifies it. */
package org.velador.audit.control;
