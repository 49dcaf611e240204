package org.velador.limits.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.limits.control.EffectiveLimits;
import org.velador.limits.control.LimitsCatalog;
import org.velador.limits.control.LimitsFilter;
import org.velador.limits.control.LimitsView;
import org.velador.platform.boundary.Edits;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Versioned;

/** {@code /api/limits}: where medium and high priority begin. */
@Path("limits")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed({Role.Name.ADMIN, Role.Name.CLINICIAN})
public class LimitsResource {

    @EJB
    private LimitsCatalog catalog;

    @GET
    @Audited(value = Action.LIMITS_READ, onlyWithPatient = true)
    public Page<LimitsView> list(
            @QueryParam("variable") String variable,
            @QueryParam("ward") String ward,
            @QueryParam("place") String place,
            @QueryParam("patient") String patient,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return catalog.list(new LimitsFilter(variable, ward, place, patient), cursor, Query.limit(limit, 100, 1000));
    }

    @POST
    @RolesAllowed(Role.Name.ADMIN)
    @Audited(Action.LIMITS_ADD)
    public Response add(@NotNull @Valid LimitsView asked, @Context UriInfo uri) {
        Versioned<LimitsView> made = catalog.add(asked);
        return Edits.created(uri.getAbsolutePathBuilder().path(made.value().id().toString()).build(), made);
    }

    @GET
    @Path("effective")
    @Audited(value = Action.LIMITS_READ, onlyWithPatient = true)
    public EffectiveLimits effective(@QueryParam("variable") String variable, @QueryParam("place") String place, @QueryParam("at") String at)
            throws SQLException {
        return catalog.effective(Query.required("variable", variable), Query.required("place", place), Query.time("at", at));
    }

    @GET
    @Path("{id}")
    @Audited(value = Action.LIMITS_READ, onlyWithPatient = true)
    public Response get(@PathParam("id") String id) {
        return Edits.ok(catalog.get(number(id)));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed(Role.Name.ADMIN)
    @Audited(Action.LIMITS_CHANGE)
    public Response change(@PathParam("id") String id, @NotNull @Valid LimitsView asked, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return Edits.ok(catalog.change(number(id), asked, Edits.seenVersion(ifMatch)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Role.Name.ADMIN)
    @Audited(Action.LIMITS_REMOVE)
    public Response remove(@PathParam("id") String id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        catalog.remove(number(id), Edits.seenVersion(ifMatch));
        return Response.noContent().build();
    }

    private static int number(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw Problem.notFound("row of limits", id).asException();
        }
    }
}
