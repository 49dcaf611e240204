package org.velador.patients.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
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
import org.velador.patients.control.PatientChangeView;
import org.velador.patients.control.PatientMerge;
import org.velador.patients.control.PatientRegister;
import org.velador.patients.control.PatientView;
import org.velador.platform.boundary.Edits;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;

/** {@code /api/patients}: who the patients are. */
@Path("patients")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed(Role.Name.CLINICIAN)
public class PatientsResource {

    @EJB
    private PatientRegister register;

    @EJB
    private PatientMerge merge;

    /** Which patient remains. */
    public record Merge(@NotBlank String into) {
    }

    @GET
    @Audited(Action.PATIENT_SEARCH)
    public Page<PatientView> list(@QueryParam("q") String words, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor)
            throws SQLException {
        return register.list(words, Page.decode(cursor), Query.limit(limit, 100, 1000));
    }

    @POST
    @Audited(Action.PATIENT_ADD)
    public Response add(@NotNull @Valid PatientView asked, @Context UriInfo uri) throws SQLException {
        return Edits.created(uri.getAbsolutePathBuilder().path(asked.mrn()).build(), register.add(asked));
    }

    @GET
    @Path("{mrn}")
    @Audited(Action.PATIENT_READ)
    public Response get(@PathParam("mrn") String mrn) {
        return Edits.ok(register.get(mrn));
    }

    @PUT
    @Path("{mrn}")
    @Audited(Action.PATIENT_CHANGE)
    public Response change(@PathParam("mrn") String mrn, @NotNull @Valid PatientView asked, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch)
            throws SQLException {
        if (!asked.mrn().equals(mrn)) {
            throw Problem.invalid("mrn", "'" + asked.mrn() + "' (expected: '" + mrn + "', an MRN never changes)").asException();
        }
        return Edits.ok(register.change(mrn, asked, Edits.seenVersion(ifMatch)));
    }

    @GET
    @Path("{mrn}/merge")
    @Audited(Action.PATIENT_READ)
    public PatientMerge.Merged merged(@PathParam("mrn") String mrn) throws SQLException {
        return merge.of(mrn);
    }

    @POST
    @Path("{mrn}/merge")
    @Audited(Action.PATIENT_MERGE)
    public PatientMerge.Merged merge(@PathParam("mrn") String mrn, @NotNull @Valid Merge asked) throws SQLException {
        return merge.merge(mrn, asked.into());
    }

    @GET
    @Path("{mrn}/changes")
    @Audited(Action.PATIENT_READ)
    public Page<PatientChangeView> changes(@PathParam("mrn") String mrn, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor)
            throws SQLException {
        return register.changes(mrn, cursor, Query.limit(limit, 100, 1000));
    }
}
