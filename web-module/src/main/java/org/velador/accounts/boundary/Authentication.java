package org.velador.accounts.boundary;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Optional;
import org.velador.accounts.control.DeviceKeys;
import org.velador.accounts.control.IdentityProvider;
import org.velador.accounts.control.SessionToken;
import org.velador.accounts.control.SessionTokens;
import org.velador.accounts.control.SignIn;
import org.velador.platform.control.ProblemException;
import org.velador.platform.control.Time;

/**
 * Tells who sent a request, before anything else happens with it; asks no database for that. Whether a session still lasts and what may be done is
 * decided where the request is let in ({@link Access}): a flood of requests must not get to the database past the limit of those worked on.
 */
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {

    @EJB
    private DeviceKeys devices;

    @Inject
    private SessionTokens tokens;

    @Inject
    private IdentityProvider provider;

    @Inject
    private Time time;

    @Override
    public AuthenticationStatus validateRequest(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (request.getServletPath().startsWith("/health")) {
            return context.doNothing();
        }
        Identity identity = Credentials.of(request).map(this::identity).orElseGet(() -> Identity.nobody(null));
        identity.storeIn(request);
        if (identity.name() == null) {
            return context.doNothing();
        }
        return context.notifyContainerAboutLogin(identity.name(), new HashSet<>(identity.roles()));
    }

    private Identity identity(Credentials credentials) {
        try {
            return switch (credentials.kind()) {
                case API_KEY -> device(credentials.value());
                case BEARER, COOKIE -> person(credentials);
            };
        } catch (ProblemException unknownNow) {
            return Identity.nobody(unknownNow.problem());
        }
    }

    private Identity device(String key) {
        return devices.find(key)
                .map(device -> new Identity(device.code(), device.roles(), null, false, false, null))
                .orElseGet(() -> Identity.nobody(SignIn.unauthenticated("The key in X-API-Key is none, or has been revoked.")));
    }

    private Identity person(Credentials credentials) {
        Optional<SessionToken> token = tokens.read(credentials.value(), time.now());
        return token.map(t -> new Identity(t.username(), t.roles(), t.session(), true, credentials.kind() == Credentials.Kind.COOKIE, null))
                .or(() -> provider.read(credentials.value()).map(guest -> new Identity(guest.name(), guest.roles(), null, true, credentials.kind() == Credentials.Kind.COOKIE, null)))
                .orElseGet(() -> Identity.nobody(SignIn.unauthenticated("The token is none of ours, or has expired: sign in again.")));
    }
}
