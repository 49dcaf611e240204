package org.velador.patients.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.patients.control.Admission;
import org.velador.patients.control.Admissions;
import org.velador.patients.control.Discharge;
import org.velador.patients.control.StayView;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;

/** {@code /api/patients/{mrn}/stays}: in which bed a patient is and was. */
@Path("patients/{mrn}/stays")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed(Role.Name.CLINICIAN)
public class StaysResource {

    @EJB
    private Admissions admissions;

    @GET
    @Audited(Action.STAY_READ)
    public Page<StayView> list(@PathParam("mrn") String mrn, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return admissions.list(mrn, cursor, Query.limit(limit, 100, 1000));
    }

    @POST
    @Audited(Action.STAY_ADMIT)
    public Response admit(@PathParam("mrn") String mrn, @NotNull @Valid Admission asked) {
        return Response.status(Response.Status.CREATED).entity(admissions.admit(mrn, asked)).build();
    }

    /** The body may be left out: then the stay ends now. */
    @POST
    @Path("current/end")
    @Audited(Action.STAY_DISCHARGE)
    public StayView discharge(@PathParam("mrn") String mrn, Discharge asked) {
        return admissions.discharge(mrn, asked);
    }
}
