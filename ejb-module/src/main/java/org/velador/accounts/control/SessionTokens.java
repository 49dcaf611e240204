package org.velador.accounts.control;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.velador.platform.control.Keystore;

/**
 * Writes and reads the tokens of sessions: JWT (RFC 7519), signed by HMAC with SHA-256 with the one key that all instances share. A token says
 * whose session it is; what the person may do is looked up.
 */
@ApplicationScoped
public class SessionTokens {

    private static final String ISSUER = "velador";
    private static final String SESSION = "sid";
    private static final String ROLES = "roles";

    @Inject
    Keystore keystore;

    String write(SessionToken token) {
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(token.username())
                .claim(SESSION, token.session().toString())
                .claim(ROLES, token.roles())
                .expirationTime(Date.from(token.expiresAt().toInstant()))
                .build());
        try {
            jwt.sign(new MACSigner(key()));
        } catch (JOSEException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
        return jwt.serialize();
    }

    /** Empty when it is no token of ours, or has expired. */
    public Optional<SessionToken> read(String text, OffsetDateTime now) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            // The algorithm is ours to say, not the token's.
            if (!jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !jwt.verify(new MACVerifier(key()))) {
                return Optional.empty();
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!ISSUER.equals(claims.getIssuer())) {
                return Optional.empty();
            }
            // Whatever this key has signed for this issuer has all three.
            SessionToken token = new SessionToken(UUID.fromString(claims.getStringClaim(SESSION)), claims.getSubject(), claims.getStringListClaim(ROLES),
                    claims.getExpirationTime().toInstant().atOffset(ZoneOffset.UTC));
            return token.expiresAt().isAfter(now) ? Optional.of(token) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private SecretKey key() {
        return keystore.sessionKey();
    }
}
