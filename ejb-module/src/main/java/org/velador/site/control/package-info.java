/**
 * The site as hospital IT sees it: each instance tells of itself by a heartbeat, all of them notice one that is lost, and any of
 * them can say how it stands with the instances, the database, the load balancer and the settings.
 */
package org.velador.site.control;
