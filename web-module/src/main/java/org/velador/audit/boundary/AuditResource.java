package org.velador.audit.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.velador.accounts.entity.Role;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditFilter;
import org.velador.audit.control.AuditQueries;
import org.velador.audit.control.Outcome;
import org.velador.audit.entity.AuditEntry;
import org.velador.platform.boundary.Export;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;

/** {@code /api/audit}: who did what. */
@Path("audit")
@RequestScoped
@RolesAllowed(Role.Name.ADMIN)
public class AuditResource {

    @EJB
    private AuditQueries queries;

    /** The query parameters that choose entries. */
    public static class Filters {

        @QueryParam("who")
        private String who;

        @QueryParam("action")
        private String action;

        @QueryParam("object")
        private String object;

        @QueryParam("patient")
        private String patient;

        @QueryParam("instance")
        private String instance;

        @QueryParam("outcome")
        private String outcome;

        @QueryParam("from")
        private String from;

        @QueryParam("to")
        private String to;

        private AuditFilter entries() {
            return new AuditFilter(who, action, object, patient, instance, Query.oneOf(Outcome.class, "outcome", outcome),
                    Query.time("from", from), Query.time("to", to));
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Audited(Action.AUDIT_READ)
    public Page<AuditEntry> list(@BeanParam Filters filters, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor)
            throws SQLException {
        return queries.find(filters.entries(), AuditFilter.Position.of(cursor), Query.limit(limit, 100, 1000));
    }

    @GET
    @Produces("text/csv; charset=utf-8; qs=0.5")
    @Audited(Action.AUDIT_EXPORT)
    public Response export(@BeanParam Filters filters) {
        AuditFilter filter = filters.entries();
        return Export.of("audit.csv", writer -> {
            CsvAudit rows = new CsvAudit(writer);
            queries.export(filter, rows::add);
        });
    }
}
