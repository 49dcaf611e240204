package org.velador.accounts.boundary;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.validation.Valid;
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
import org.velador.accounts.control.AccountChange;
import org.velador.accounts.control.AccountView;
import org.velador.accounts.control.Accounts;
import org.velador.accounts.control.NewAccount;
import org.velador.accounts.control.SignIn;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.platform.boundary.Edits;
import org.velador.platform.boundary.Query;
import org.velador.platform.control.Page;
import org.velador.platform.control.Versioned;

/** {@code /api/accounts}: the people who may sign in. */
@Path("accounts")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed(Role.Name.ADMIN)
public class AccountsResource {

    @EJB
    private Accounts accounts;

    @EJB
    private SignIn signIn;

    /** A temporary password. */
    public record GivenPassword(String password) {
    }

    @GET
    @Audited(Action.ACCOUNT_READ)
    public Page<AccountView> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        return accounts.list(Page.decode(cursor), Query.limit(limit, 100, 1000));
    }

    @POST
    @Audited(Action.ACCOUNT_ADD)
    public Response add(@NotNull @Valid NewAccount asked, @Context UriInfo uri) {
        Versioned<AccountView> added = signIn.addAccount(asked);
        return Edits.created(uri.getAbsolutePathBuilder().path(added.value().username()).build(), added);
    }

    @GET
    @Path("{username}")
    @Audited(Action.ACCOUNT_READ)
    public Response get(@PathParam("username") String username) {
        return Edits.ok(accounts.get(username));
    }

    @PUT
    @Path("{username}")
    @Audited(Action.ACCOUNT_CHANGE)
    public Response change(@PathParam("username") String username, @NotNull @Valid AccountChange asked, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch)
            throws SQLException {
        return Edits.ok(accounts.change(username, asked, Edits.seenVersion(ifMatch)));
    }

    @PUT
    @Path("{username}/password")
    @Audited(Action.ACCOUNT_PASSWORD)
    public Response givePassword(@PathParam("username") String username, @NotNull @Valid GivenPassword asked) throws SQLException {
        signIn.givePassword(username, asked.password());
        return Response.noContent().build();
    }
}
