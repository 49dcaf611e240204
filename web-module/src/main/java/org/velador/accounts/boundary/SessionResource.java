package org.velador.accounts.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.velador.accounts.control.Person;
import org.velador.accounts.control.Sessions;
import org.velador.accounts.control.SignIn;
import org.velador.accounts.entity.Role;
import org.velador.audit.boundary.Audited;
import org.velador.audit.control.Action;
import org.velador.audit.control.Occasion;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/** {@code /api/session}: signing in and out. The token comes in the answer for programs, and in a cookie that no script sees for browsers. */
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RolesAllowed({Role.Name.ADMIN, Role.Name.CLINICIAN, Role.Name.VIEWER})
@WithTemporaryPassword
public class SessionResource {

    private static final int LONGEST = 200;

    @EJB
    private SignIn signIn;

    @EJB
    private Sessions sessions;

    @Inject
    private Time time;

    @Inject
    private Occasion occasion;

    @Context
    private HttpServletRequest request;

    /** Who signs in. Nothing of it is ever told back. */
    public record SigningIn(String username, String password) {
    }

    /** The own password, in place of the present one. */
    public record NewPassword(String password, String newPassword) {
    }

    @POST
    @PermitAll
    @Audited(Action.SESSION_SIGN_IN)
    public Response begin(@NotNull @Valid SigningIn asked) throws SQLException {
        String username = given("username", asked.username());
        occasion.isAbout(username);
        return handOut(signIn.signIn(username, given("password", asked.password())));
    }

    @GET
    public Person who() throws SQLException {
        return person();
    }

    @POST
    @Path("refresh")
    @Audited(Action.SESSION_REFRESH)
    public Response refresh() throws SQLException {
        return handOut(signIn.refresh(session()));
    }

    @PUT
    @Path("password")
    @Audited(Action.ACCOUNT_PASSWORD)
    public Response choosePassword(@NotNull @Valid NewPassword asked) throws SQLException {
        signIn.choosePassword(person().username(), given("password", asked.password()), asked.newPassword(), session());
        return Response.noContent().build();
    }

    @DELETE
    @Audited(Action.SESSION_SIGN_OUT)
    public Response end() throws SQLException {
        sessions.end(session(), Identity.in(request).name());
        return Response.noContent().cookie(cookie("", Duration.ZERO)).build();
    }

    private Response handOut(SignIn.Ticket ticket) {
        CacheControl never = new CacheControl();
        never.setNoStore(true);
        never.setNoTransform(false);
        return Response.ok(ticket).cacheControl(never).cookie(cookie(ticket.token(), Duration.between(time.now(), ticket.expiresAt()))).build();
    }

    private NewCookie cookie(String value, Duration age) {
        boolean tls = request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        return new NewCookie.Builder(Credentials.COOKIE).value(value).path("/").maxAge((int) age.toSeconds()).httpOnly(true).secure(tls)
                .sameSite(NewCookie.SameSite.STRICT).build();
    }

    private Person person() throws SQLException {
        return sessions.person(session(), time.now()).orElseThrow(() -> SignIn.unauthenticated("The session has ended: sign in again.").asException());
    }

    /** @throws org.velador.platform.control.ProblemException 409 when it is a service with a key that asks */
    private UUID session() {
        Identity identity = Identity.in(request);
        if (!identity.hasSession()) {
            throw new Problem(409, "no-session", "No session", "This request was sent with a key, or a token of another issuer (expected: the token of a session).").asException();
        }
        return identity.session();
    }

    /** Checked by hand, since violations of annotations are told with the value in them. */
    private static String given(String field, String value) {
        if (value == null || value.isBlank()) {
            throw Problem.invalid(field, "missing (expected: some text)").asException();
        }
        if (value.length() > LONGEST) {
            throw Problem.invalid(field, value.length() + " characters (expected: at most " + LONGEST + ")").asException();
        }
        return value;
    }
}
