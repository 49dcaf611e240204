package org.velador.ear.node;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** A small identity provider: one key, served as OpenID Connect providers do, and tokens signed with it. */
public final class Issuer {

    /** One for all tests; it ends with their JVM. */
    public static final Issuer RUNNING = new Issuer();

    public static final String AUDIENCE = "velador-tests";

    private final RSAKey key;
    private final String url;

    private Issuer() {
        try {
            key = key("key-1");
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            server.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            url = "http://127.0.0.1:" + server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RSAKey key(String id) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(id).generate();
    }

    Map<String, String> settings() {
        return Map.of("VELADOR_OIDC_ISSUER", url, "VELADOR_OIDC_JWKS", url + "/keys", "VELADOR_OIDC_AUDIENCE", AUDIENCE,
                "VELADOR_OIDC_ROLES", "hospital-it=admin,doctors=clinician,students=viewer");
    }

    /** Claims of somebody for the site of the tests. */
    public JWTClaimsSet.Builder claims(String name, String... groups) {
        return new JWTClaimsSet.Builder().issuer(url).audience(AUDIENCE).subject("1234").claim("preferred_username", name).claim("groups", List.of(groups))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    public String sign(JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(claims, key);
    }

    public static String sign(JWTClaimsSet.Builder claims, RSAKey by) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(), claims.build());
        token.sign(new RSASSASigner(by));
        return token.serialize();
    }
}
