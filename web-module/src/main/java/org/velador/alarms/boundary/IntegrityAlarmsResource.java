package org.velador.alarms.boundary;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.velador.alarms.control.IntegrityAlarmView;
import org.velador.alarms.control.IntegrityDesk;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;

/** {@code /api/integrity-alarms}: histories that are not what was signed. */
@Path("integrity-alarms")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class IntegrityAlarmsResource {

    @EJB
    private IntegrityDesk desk;

    /** Which alarms are wanted. */
    enum State {
        ACTIVE, ALL
    }

    /** What was found out, and done about it. */
    public record Resolution(@NotBlank @Size(max = 2000) String reason) {
    }

    @GET
    @Audited(value = Action.ALARM_READ, onlyWithPatient = true)
    public Page<IntegrityAlarmView> list(@QueryParam("state") String state, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor)
            throws SQLException {
        return desk.list(Query.oneOf(State.class, "state", state) == State.ACTIVE, cursor, Query.limit(limit, 100, 1000));
    }

    @POST
    @Path("{id}/resolution")
    @Audited(Action.ALARM_RESOLVE)
    public IntegrityAlarmView resolve(@PathParam("id") String id, @NotNull @Valid Resolution resolution) throws SQLException {
        try {
            return desk.resolve(Long.parseLong(id), resolution.reason());
        } catch (NumberFormatException e) {
            throw Problem.notFound("integrity alarm", id).asException();
        }
    }
}
