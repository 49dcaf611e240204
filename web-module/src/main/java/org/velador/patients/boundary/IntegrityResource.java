package org.velador.patients.boundary;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.velador.patients.control.IntegrityReport;
import org.velador.patients.control.IntegrityView;

/** {@code /api/integrity}: whether histories are what was signed, all over. */
@Path("integrity")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class IntegrityResource {

    @EJB
    private IntegrityReport report;

    @GET
    public IntegrityView get() throws SQLException {
        return report.view();
    }

    @POST
    @Path("sweeps")
    public Response sweep() throws SQLException {
        report.sweepSoon();
        return Response.accepted(report.view()).build();
    }
}
