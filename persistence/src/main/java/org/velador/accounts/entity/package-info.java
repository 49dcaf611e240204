/** Accounts of people, and the roles that people and devices have. */
package org.velador.accounts.entity;
