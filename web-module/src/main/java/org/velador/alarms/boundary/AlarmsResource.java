package org.velador.alarms.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
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
import org.velador.accounts.control.Caller;
import org.velador.accounts.entity.Role;
import org.velador.alarms.control.AlarmDesk;
import org.velador.alarms.control.AlarmFilter;
import org.velador.alarms.control.AlarmQueries;
import org.velador.alarms.control.AlarmView;
import org.velador.alarms.entity.AlarmKind;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.limits.entity.Priority;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;
import org.velador.platform.control.PlainText;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/** {@code /api/alarms}: the alarms and their stories. */
@Path("alarms")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMIN, Role.Name.CLINICIAN, Role.Name.VIEWER})
public class AlarmsResource {

    @EJB
    private AlarmQueries queries;

    @EJB
    private AlarmDesk desk;

    @Inject
    private Time time;

    @Inject
    private Caller caller;

    /** What somebody says on taking notice; may be nothing. */
    public record Acknowledgement(@Size(max = 2000) @PlainText String note) {
    }

    @GET
    @Audited(value = Action.ALARM_READ, onlyWithPatient = true)
    public Page<AlarmView> list(@QueryParam("kind") String kind, @QueryParam("state") String state, @QueryParam("priority") String priority,
            @QueryParam("variable") String variable, @QueryParam("ward") String ward, @QueryParam("place") String place,
            @QueryParam("patient") String patient, @QueryParam("from") String from, @QueryParam("to") String to,
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) throws SQLException {
        caller.requireMayAskFor(patient);
        AlarmFilter filter = new AlarmFilter(
                Query.oneOf(AlarmKind.class, "kind", kind), Query.oneOf(AlarmFilter.State.class, "state", state),
                Query.oneOf(Priority.class, "priority", priority), variable, ward, place, patient, Query.time("from", from), Query.time("to", to));
        return queries.find(filter, AlarmQueries.Position.of(cursor), Query.limit(limit, 100, 1000)).map(this::shown);
    }

    @GET
    @Path("{id}")
    @Audited(value = Action.ALARM_READ, onlyWithPatient = true)
    public AlarmView get(@PathParam("id") String id) throws SQLException {
        return shown(queries.get(number(id)));
    }

    @POST
    @Path("{id}/acknowledgement")
    @RolesAllowed({Role.Name.ADMIN, Role.Name.CLINICIAN})
    @Audited(Action.ALARM_ACKNOWLEDGE)
    public AlarmView acknowledge(@PathParam("id") String id, @NotNull @Valid Acknowledgement said) throws SQLException {
        desk.acknowledge(number(id), said.note(), time.now());
        return shown(queries.get(number(id)));
    }

    private AlarmView shown(AlarmView alarm) {
        return caller.mayKnowPatients() ? alarm : alarm.withoutPatient();
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Problem.notFound("alarm", id).asException();
        }
    }
}
