package org.velador.accounts.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import org.velador.accounts.control.DeviceView;
import org.velador.accounts.control.Devices;
import org.velador.accounts.control.NewDevice;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;

/** {@code /api/devices}: devices and gateways, and the keys that they post with. */
@Path("devices")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed(Role.Name.ADMIN)
public class DevicesResource {

    @EJB
    private Devices devices;

    @GET
    @Audited(Action.DEVICE_READ)
    public Page<DeviceView> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) throws SQLException {
        return devices.list(Page.decode(cursor), Query.limit(limit, 100, 1000));
    }

    @POST
    @Audited(Action.DEVICE_ADD)
    public Response add(@NotNull @Valid NewDevice asked, @Context UriInfo uri) throws SQLException {
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        never.setNoTransform(false);
        return Response.created(uri.getAbsolutePathBuilder().path(asked.code()).build()).entity(devices.add(asked)).cacheControl(never).build();
    }

    @GET
    @Path("{code}")
    @Audited(Action.DEVICE_READ)
    public DeviceView get(@PathParam("code") String code) throws SQLException {
        return devices.get(code);
    }

    /** Takes the key; the device stays in the list. */
    @DELETE
    @Path("{code}")
    @Audited(Action.DEVICE_REVOKE)
    public Response revoke(@PathParam("code") String code) throws SQLException {
        devices.revoke(code);
        return Response.noContent().build();
    }
}
