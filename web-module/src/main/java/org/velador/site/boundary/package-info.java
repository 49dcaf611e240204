/** The site over HTTP, for those who run it, and the count of what this instance has to do. */
package org.velador.site.boundary;
