package org.velador.accounts.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.velador.accounts.entity.Role;

/**
 * The hospital's own identity provider (OpenID Connect), where there is one: its tokens are accepted beside those of embedded accounts. The claims
 * are those of MicroProfile JWT: {@code upn}, {@code preferred_username} or {@code sub} names the person, {@code groups} or another claim what they
 * belong to, and the settings what each group may do here.
 */
@ApplicationScoped
public class IdentityProvider {

    private static final Logger LOG = Logger.getLogger(IdentityProvider.class.getName());

    /** Public keys only: with a shared secret the provider's other clients could make tokens. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384,
            JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    private static final List<String> NAMES = List.of("upn", "preferred_username", "sub");
    private static final int LONGEST_WAIT_MILLIS = 1000;
    private static final int LARGEST_KEY_SET = 200_000;

    private final Map<String, Role> roles = new TreeMap<>();
    private String host;
    private String rolesClaim;
    private DefaultJWTProcessor<SecurityContext> tokens;

    /** Somebody whom the provider knows. */
    public record Guest(String name, List<String> roles) {
    }

    @PostConstruct
    void start() {
        configure(System.getenv());
    }

    /** Settings as {@code docs/configuration.md} has them, checked when the instance started. */
    void configure(Map<String, String> settings) {
        String issuer = settings.getOrDefault("VELADOR_OIDC_ISSUER", "").strip();
        if (issuer.isEmpty()) {
            return;
        }
        host = URI.create(issuer).getHost();
        rolesClaim = Optional.of(settings.getOrDefault("VELADOR_OIDC_ROLES_CLAIM", "").strip()).filter(claim -> !claim.isEmpty()).orElse("groups");
        for (String pair : settings.get("VELADOR_OIDC_ROLES").split(",")) {
            int at = pair.lastIndexOf('=');
            roles.put(pair.substring(0, at).strip(), Role.ofPerson(List.of(pair.substring(at + 1).strip())).iterator().next());
        }
        tokens = new DefaultJWTProcessor<>();
        tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(settings.get("VELADOR_OIDC_JWKS").strip())));
        tokens.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(settings.get("VELADOR_OIDC_AUDIENCE").strip(),
                new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")));
    }

    /** Empty when there is no provider, or the token is not one of its for this site, or no longer. */
    public Optional<Guest> read(String token) {
        if (tokens == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(guest(tokens.process(token, null)));
        } catch (JOSEException unknownNow) {
            LOG.log(Level.WARNING, "A token of the identity provider could not be verified: {0}", unknownNow.getMessage());
            return Optional.empty();
        } catch (ParseException | BadJOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Kept for five minutes, read again for a key that is not among them, and still good for an hour when the provider is away. */
    private static JWKSource<SecurityContext> keys(String location) {
        try {
            return JWKSourceBuilder.create(URI.create(location).toURL(), new DefaultResourceRetriever(LONGEST_WAIT_MILLIS, LONGEST_WAIT_MILLIS, LARGEST_KEY_SET))
                    .outageTolerant(TimeUnit.HOURS.toMillis(1)).build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** With the provider's name behind it, so that nobody of there is taken for an account of here. */
    private Guest guest(JWTClaimsSet claims) throws ParseException {
        String name = NAMES.stream().map(claim -> claims.getClaim(claim) instanceof String text && !text.isBlank() ? text.strip() : null)
                .filter(text -> text != null).findFirst().orElseThrow(() -> new IllegalArgumentException("no name"));
        Set<Role> granted = EnumSet.noneOf(Role.class);
        groups(claims.getClaim(rolesClaim)).forEach(group -> Optional.ofNullable(roles.get(group)).ifPresent(granted::add));
        return new Guest(name + "@" + host, Role.names(granted));
    }

    private static Stream<String> groups(Object claim) {
        return claim instanceof Collection<?> several ? several.stream().map(String::valueOf) : Stream.ofNullable(claim).map(String::valueOf);
    }
}
