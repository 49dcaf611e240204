package org.velador.patients.boundary;

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
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.patients.control.HistoryEntryView;
import org.velador.patients.control.NewHistoryEntry;
import org.velador.patients.control.PatientHistory;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;

/** {@code /api/patients/{mrn}/history}: read and appended to, never changed. */
@Path("patients/{mrn}/history")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class HistoryResource {

    @EJB
    private PatientHistory history;

    @GET
    @Audited(Action.HISTORY_READ)
    public Page<HistoryEntryView> list(@PathParam("mrn") String mrn, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return history.list(mrn, cursor, Query.limit(limit, 100, 1000));
    }

    @POST
    @Audited(Action.HISTORY_APPEND)
    public Response append(@PathParam("mrn") String mrn, @NotNull @Valid NewHistoryEntry asked) {
        return Response.status(Response.Status.CREATED).entity(history.append(mrn, asked)).build();
    }
}
