/** Who may do what: people, devices, and what they prove themselves with. */
package org.velador.accounts.control;
