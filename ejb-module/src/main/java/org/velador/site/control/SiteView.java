package org.velador.site.control;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * The site as one of its instances sees it.
 *
 * @param answeredBy    name of that instance
 * @param asOf          when the database was last asked, by its own clock; null when it has never answered
 * @param instances     as known then, by name
 * @param schemaVersion as known then
 */
public record SiteView(
        String answeredBy,
        OffsetDateTime asOf,
        List<InstanceView> instances,
        DatabaseView database,
        String schemaVersion,
        LoadBalancerView loadBalancer,
        List<Warning> warnings) {
}
