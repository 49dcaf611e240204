/** What EclipseLink has to be taught so that an instance can start before its database does. */
package org.velador.platform.entity;
