/** Tests that see what a client sees: HTTP, and nothing else but the database behind the application's back. */
package org.velador.ear.outside;
