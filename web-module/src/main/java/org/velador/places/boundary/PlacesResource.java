package org.velador.places.boundary;

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
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.places.control.PlaceCatalog;
import org.velador.places.control.PlaceView;
import org.velador.places.entity.PlaceKind;
import org.velador.platform.boundary.Edits;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;

/** {@code /api/places}: where it is measured. */
@Path("places")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed({Role.Name.ADMIN, Role.Name.CLINICIAN, Role.Name.VIEWER})
public class PlacesResource {

    @EJB
    private PlaceCatalog catalog;

    @GET
    public Page<PlaceView> list(
            @QueryParam("ward") String ward,
            @QueryParam("kind") String kind,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        return catalog.list(ward, Query.oneOf(PlaceKind.class, "kind", kind), Page.decode(cursor), Query.limit(limit, 100, 1000));
    }

    @POST
    @RolesAllowed(Role.Name.ADMIN)
    @Audited(Action.PLACE_ADD)
    public Response add(@NotNull @Valid PlaceView asked, @Context UriInfo uri) {
        return Edits.created(uri.getAbsolutePathBuilder().path(asked.code()).build(), catalog.add(asked));
    }

    @GET
    @Path("{code}")
    public Response get(@PathParam("code") String code) {
        return Edits.ok(catalog.get(code));
    }

    @PUT
    @Path("{code}")
    @RolesAllowed(Role.Name.ADMIN)
    @Audited(Action.PLACE_CHANGE)
    public Response change(@PathParam("code") String code, @NotNull @Valid PlaceView asked, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        if (!asked.code().equals(code)) {
            throw Problem.invalid("code", "'" + asked.code() + "' (expected: '" + code + "', a code never changes)").asException();
        }
        return Edits.ok(catalog.change(code, asked, Edits.seenVersion(ifMatch)));
    }

    @DELETE
    @Path("{code}")
    @RolesAllowed(Role.Name.ADMIN)
    @Audited(Action.PLACE_REMOVE)
    public Response remove(@PathParam("code") String code, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        catalog.remove(code, Edits.seenVersion(ifMatch));
        return Response.noContent().build();
    }
}
