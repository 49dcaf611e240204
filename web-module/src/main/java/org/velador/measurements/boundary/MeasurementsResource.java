package org.velador.measurements.boundary;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.velador.accounts.control.Caller;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.measurements.control.MeasurementFilter;
import org.velador.measurements.control.MeasurementIntake;
import org.velador.measurements.control.MeasurementQueries;
import org.velador.measurements.control.MeasurementView;
import org.velador.measurements.control.Outcome;
import org.velador.measurements.control.Position;
import org.velador.measurements.control.Receipt;
import org.velador.measurements.control.Rejection;
import org.velador.measurements.control.Series;
import org.velador.platform.boundary.Export;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/**
 * {@code /api/measurements}: where devices and gateways deliver, answered after the commit, and where measurements are found
 * again.
 */
@Path("measurements")
@RequestScoped
@RolesAllowed({Role.Name.ADMIN, Role.Name.CLINICIAN, Role.Name.VIEWER})
public class MeasurementsResource {

    private static final int SHOWN_BY_DEFAULT = 10;
    private static final int PLOTTED_BY_DEFAULT = 300;

    @EJB
    private MeasurementIntake intake;

    @EJB
    private MeasurementQueries queries;

    @Inject
    private Time time;

    @Inject
    private Caller caller;

    /** The answer to one measurement: what was stored, whether it was before, and the alarm that is open after it. */
    public record One(@JsonUnwrapped MeasurementView measurement, Boolean duplicate, Receipt.OpenAlarm alarm) {
    }

    /** The answer to several. */
    public record Several(long stored, long duplicates, List<Rejection> rejected) {
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Name.DEVICE, Role.Name.CLINICIAN})
    @Audited(Action.MEASUREMENT_ADD)
    public Response json(InputStream body) throws IOException, SQLException {
        JsonMeasurements.Body read = JsonMeasurements.read(body);
        return read.single() ? one(read.reading()) : several(read.reading());
    }

    @POST
    @Consumes("application/x-ndjson")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Name.DEVICE, Role.Name.CLINICIAN})
    @Audited(Action.MEASUREMENT_ADD)
    public Response lines(InputStream body) throws IOException, SQLException {
        return several(JsonMeasurements.readLines(body));
    }

    @POST
    @Consumes("text/csv")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Name.DEVICE, Role.Name.CLINICIAN})
    @Audited(Action.MEASUREMENT_ADD)
    public Response csv(InputStream body) throws IOException, SQLException {
        return several(CsvMeasurements.read(body));
    }

    private Response one(Reading reading) throws SQLException {
        if (reading.firstProblem() != null) {
            throw reading.firstProblem().asException();
        }
        Receipt receipt = intake.take(reading.drafts(), time.now());
        Outcome outcome = receipt.outcomes().get(0);
        if (outcome instanceof Outcome.Rejected rejected) {
            throw rejected.problem().asException();
        }
        if (outcome instanceof Outcome.Duplicate duplicate) {
            // Whoever repeats a request may not have got the first answer: this one tells as much.
            return Response.ok(new One(shown(duplicate.measurement()), true, openAlarm(receipt, duplicate.measurement()))).build();
        }
        MeasurementView stored = ((Outcome.Stored) outcome).measurement();
        return Response.status(Response.Status.CREATED).entity(new One(shown(stored), null, openAlarm(receipt, stored))).build();
    }

    private MeasurementView shown(MeasurementView measurement) {
        return caller.mayKnowPatients() ? measurement : measurement.withoutPatient();
    }

    private static Receipt.OpenAlarm openAlarm(Receipt receipt, MeasurementView m) {
        return receipt.openAlarms().get(new Receipt.Pair(m.variable(), m.place()));
    }

    private Response several(Reading reading) throws SQLException {
        Receipt receipt = intake.take(reading.drafts(), reading.unreadable().size(), time.now());
        List<Rejection> rejected = new ArrayList<>(reading.unreadable());
        rejected.addAll(receipt.rejected());
        rejected.sort(Comparator.comparingInt(Rejection::index));
        return Response.ok(new Several(receipt.stored(), receipt.duplicates(), rejected)).build();
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Audited(value = Action.MEASUREMENT_READ, onlyWithPatient = true)
    public Page<MeasurementView> list(@BeanParam Filters filters, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor)
            throws SQLException {
        MeasurementFilter filter = filters.measurements();
        caller.requireMayAskFor(filter.patient());
        return queries.find(filter, Position.of(cursor), Query.limit(limit, SHOWN_BY_DEFAULT, 10_000)).map(this::shown);
    }

    /** All that the filters let through, streamed; 503 while as many exports as there may be are under way. */
    @GET
    @Produces("text/csv; charset=utf-8; qs=0.5")
    @Audited(Action.MEASUREMENT_EXPORT)
    public Response export(@BeanParam Filters filters) {
        MeasurementFilter filter = filters.measurements();
        caller.requireMayAskFor(filter.patient());
        return Export.of("measurements.csv", writer -> {
            CsvMeasurements.Export export = new CsvMeasurements.Export(writer);
            queries.export(filter, row -> export.add(shown(row)));
        });
    }

    @GET
    @Path("latest")
    @Produces(MediaType.APPLICATION_JSON)
    @Audited(value = Action.MEASUREMENT_READ, onlyWithPatient = true)
    public Page<MeasurementView> latest(@QueryParam("ward") String ward, @QueryParam("place") String place, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) throws SQLException {
        return queries.latest(ward, place, Page.decode(cursor), Query.limit(limit, 1000, 10_000)).map(this::shown);
    }

    /** By default the last hour up to now. */
    @GET
    @Path("series")
    @Produces(MediaType.APPLICATION_JSON)
    public Series series(@QueryParam("variable") String variable, @QueryParam("place") String place, @QueryParam("from") String from,
            @QueryParam("to") String to, @QueryParam("points") String points) throws SQLException {
        OffsetDateTime end = to == null ? time.now() : Query.time("to", to);
        OffsetDateTime begin = from == null ? end.minusHours(1) : Query.time("from", from);
        if (!begin.isBefore(end)) {
            throw Problem.invalid("from", begin + " (expected: before to, " + end + ")").asException();
        }
        return queries.series(Query.required("variable", variable), Query.required("place", place), begin, end,
                Query.wholeNumber("points", points, PLOTTED_BY_DEFAULT, 1, 5000));
    }
}
