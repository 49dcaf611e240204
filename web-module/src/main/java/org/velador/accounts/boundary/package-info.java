/** How people and devices say who they are, and what is refused to them. */
package org.velador.accounts.boundary;
