package org.velador.patients.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.patients.control.HistoryPage;
import org.velador.patients.control.NewHistoryEntry;
import org.velador.patients.control.PatientHistory;
import org.velador.platform.boundary.Edits;
import org.velador.platform.boundary.Query;

/** {@code /api/patients/{mrn}/history}: read and appended to, never changed. */
@Path("patients/{mrn}/history")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed(Role.Name.CLINICIAN)
public class HistoryResource {

    @EJB
    private PatientHistory history;

    @GET
    @Audited(Action.HISTORY_READ)
    public Response list(@PathParam("mrn") String mrn, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) throws SQLException {
        // Read and verified each time: what a 304 spares is the way to the client.
        HistoryPage.Tagged found = history.list(mrn, cursor, Query.limit(limit, 100, 1000));
        EntityTag tag = new EntityTag(found.tag());
        Response.ResponseBuilder answer = Edits.has(ifNoneMatch, tag) ? Response.notModified() : Response.ok(found.page());
        return answer.tag(tag).header(HttpHeaders.CACHE_CONTROL, "private, no-cache").build();
    }

    @POST
    @Audited(Action.HISTORY_APPEND)
    public Response append(@PathParam("mrn") String mrn, @NotNull @Valid NewHistoryEntry asked) throws SQLException {
        return Response.status(Response.Status.CREATED).entity(history.append(mrn, asked)).build();
    }
}
