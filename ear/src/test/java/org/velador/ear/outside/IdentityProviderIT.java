package org.velador.ear.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.PlainJWT;
import java.net.URL;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.velador.ear.ShippedArchive;
import org.velador.ear.node.Issuer;

/** Tokens of the hospital's own identity provider. */
@ArquillianTest
@RunAsClient
class IdentityProviderIT {

    private static final Issuer ISSUER = Issuer.RUNNING;

    @ArquillianResource
    URL site;

    @Deployment
    static EnterpriseArchive archive() {
        return ShippedArchive.withTests();
    }

    @Test
    void groupsOfTheProviderAreRolesHere() throws Exception {
        as(ISSUER.sign(ISSUER.claims("dr.who", "doctors", "cyclists"))).get("/api/patients").is(200);
        as(ISSUER.sign(ISSUER.claims("dr.who", "doctors"))).get("/api/accounts").isProblem(403, "forbidden");
        as(ISSUER.sign(ISSUER.claims("it", "hospital-it"))).get("/api/accounts").is(200);
        as(ISSUER.sign(ISSUER.claims("guest", "cyclists"))).get("/api/variables").isProblem(403, "forbidden");
        as(ISSUER.sign(ISSUER.claims("student").claim("groups", "students"))).get("/api/variables").is(200);
    }

    @Test
    void nobodyOfTheProviderIsTakenForAnAccountOfHere() throws Exception {
        Api it = as(ISSUER.sign(ISSUER.claims("admin", "hospital-it")));
        it.post("/api/devices", "{\"code\":\"of-the-provider\",\"name\":\"Device\"}").is(201);
        assertThat(it.get("/api/devices/of-the-provider").is(200).json().path("createdBy").asText()).isEqualTo("admin@127.0.0.1");
        it.get("/api/session").isProblem(409, "no-session");
    }

    @Test
    void tokenForSomebodyElseOrOfSomebodyElseIsNone() throws Exception {
        for (String token : List.of(
                ISSUER.sign(ISSUER.claims("it", "hospital-it").audience("another-application")),
                ISSUER.sign(ISSUER.claims("it", "hospital-it").issuer("https://elsewhere.example")),
                ISSUER.sign(ISSUER.claims("it", "hospital-it").expirationTime(Date.from(Instant.now().minusSeconds(120)))),
                ISSUER.sign(ISSUER.claims("it", "hospital-it").expirationTime(null)),
                Issuer.sign(ISSUER.claims("it", "hospital-it"), Issuer.key("key-1")),
                Issuer.sign(ISSUER.claims("it", "hospital-it"), Issuer.key("key-2")),
                new PlainJWT(ISSUER.claims("it", "hospital-it").build()).serialize())) {
            as(token).get("/api/variables").isProblem(401, "unauthenticated");
        }
    }

    private Api as(String token) {
        return Api.at(site).with(Map.of("Authorization", "Bearer " + token));
    }
}
