/** The site: the instances that serve it, and in which state each is. */
package org.velador.site.entity;
