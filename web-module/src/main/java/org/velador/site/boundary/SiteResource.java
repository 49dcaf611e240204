package org.velador.site.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.platform.boundary.WithoutDatabase;
import org.velador.site.control.ConfigurationView;
import org.velador.site.control.InstanceRemoval;
import org.velador.site.control.SiteView;
import org.velador.site.control.SiteWatch;

/** {@code /api/site}: how it stands with the site. Answers also when the database does not. */
@Path("site")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed(Role.Name.ADMIN)
public class SiteResource {

    @Inject
    private SiteWatch watch;

    @EJB
    private InstanceRemoval removal;

    @GET
    @WithoutDatabase
    public SiteView site() {
        return watch.site();
    }

    @GET
    @Path("configuration")
    @WithoutDatabase
    public ConfigurationView configuration() {
        return watch.configuration();
    }

    @DELETE
    @Path("instances/{name}")
    @Audited(Action.INSTANCE_REMOVE)
    public Response remove(@PathParam("name") String name) throws SQLException {
        removal.remove(name);
        return Response.noContent().build();
    }
}
