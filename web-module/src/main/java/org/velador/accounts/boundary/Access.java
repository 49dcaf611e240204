package org.velador.accounts.boundary;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.velador.accounts.control.Caller;
import org.velador.accounts.control.Person;
import org.velador.accounts.control.Sessions;
import org.velador.accounts.control.SignIn;
import org.velador.platform.boundary.ProblemResponse;
import org.velador.platform.boundary.WithoutDatabase;
import org.velador.platform.control.DatabaseProbe;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Time;

/**
 * Lets in whoever has a role that the operation names by {@code @RolesAllowed}, or everybody where it says {@code @PermitAll}. An operation that says
 * nothing is for nobody.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class Access implements ContainerRequestFilter {

    @EJB
    private Sessions sessions;

    @EJB
    private DatabaseProbe database;

    @Inject
    private Caller caller;

    @Inject
    private Time time;

    @Context
    private ResourceInfo operation;

    @Context
    private HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        Problem refusal = refusal(context);
        if (refusal != null) {
            Response.ResponseBuilder answer = Response.fromResponse(ProblemResponse.of(refusal));
            if (refusal.status() == 401) {
                answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Velador\"");
            }
            context.abortWith(answer.build());
        } else if (caller.isKnown()) {
            // The server looks at the annotations too.
            context.setSecurityContext(new CallerSecurity(caller.name(), caller.roles(), request.isSecure()));
        }
    }

    /** Null when the request is let in. */
    private Problem refusal(ContainerRequestContext context) {
        Identity identity = Identity.in(request);
        Optional<Person> person = Optional.empty();
        Problem problem = identity.problem();
        if (identity.hasSession()) {
            person = person(identity);
            problem = person.isPresent() ? null : SignIn.unauthenticated("The session has ended: sign in again.");
            person.ifPresent(p -> caller.is(p.username(), new HashSet<>(p.roles()), true));
        } else if (identity.name() != null) {
            caller.is(identity.name(), new HashSet<>(identity.roles()), identity.person());
        }
        // What may be done at a path is no secret: it stands in the contract.
        if (allowed(PermitAll.class).isPresent() || context.getMethod().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        if (problem != null) {
            return problem;
        }
        if (!caller.isKnown()) {
            return SignIn.unauthenticated("Nobody is signed in (expected: a token of POST /api/session, or the key of a device in X-API-Key).");
        }
        if (identity.cookie() && SameSite.isForged(context)) {
            return new Problem(403, "forged-request", "Forged request", "A request by cookie that changes something has to come from a page of this site.");
        }
        if (person.filter(Person::passwordTemporary).isPresent() && annotation(WithTemporaryPassword.class).isEmpty()) {
            return new Problem(403, "password-change-required", "Password change required",
                    "The password was given by somebody else (expected: first PUT /api/session/password with an own one).");
        }
        return rolesAllowed().stream().anyMatch(caller.roles()::contains) ? null : new Problem(403, "forbidden", "Forbidden", forbidden());
    }

    private Optional<Person> person(Identity identity) {
        if (annotation(WithoutDatabase.class).isPresent() && database.knownFailure().isPresent()) {
            return Optional.of(new Person(identity.name(), identity.name(), identity.roles(), false));
        }
        try {
            return sessions.person(identity.session(), time.now());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String forbidden() {
        Collection<String> roles = rolesAllowed();
        return roles.isEmpty() ? "Nobody may do this." : "This needs one of the roles " + String.join(", ", roles) + " (got: " + String.join(", ", caller.roles()) + ").";
    }

    private List<String> rolesAllowed() {
        return allowed(RolesAllowed.class).map(roles -> Arrays.asList(roles.value())).orElse(List.of());
    }

    /** An annotation of the method counts before one of its class, whichever of the three it is. */
    private <A extends Annotation> Optional<A> allowed(Class<A> type) {
        Method method = operation.getResourceMethod();
        boolean byMethod = method.isAnnotationPresent(PermitAll.class) || method.isAnnotationPresent(RolesAllowed.class) || method.isAnnotationPresent(DenyAll.class);
        return Optional.ofNullable(byMethod ? method.getAnnotation(type) : operation.getResourceClass().getAnnotation(type));
    }

    private <A extends Annotation> Optional<A> annotation(Class<A> type) {
        A ofMethod = operation.getResourceMethod().getAnnotation(type);
        return Optional.ofNullable(ofMethod != null ? ofMethod : operation.getResourceClass().getAnnotation(type));
    }
}
