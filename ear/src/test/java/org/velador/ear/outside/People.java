package org.velador.ear.outside;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Makes accounts, and signs in with them. */
final class People {

    static final String PASSWORD = "seven nights awake";

    private static final String GIVEN = "temporary-7kq2m";

    private final Api service;

    /** @param service may make accounts */
    People(Api service) {
        this.service = service;
    }

    /** Somebody who has chosen an own password, {@link #PASSWORD}, and is signed in. */
    Api signedIn(String username, String... roles) throws Exception {
        add(username, roles);
        Api temporary = signIn(username, GIVEN);
        temporary.send("PUT", "/api/session/password", Api.body(Map.of("password", GIVEN, "newPassword", PASSWORD)), Map.of("Content-Type", "application/json")).is(204);
        return temporary;
    }

    /** Somebody who has yet to choose an own password. */
    String add(String username, String... roles) throws Exception {
        service.post("/api/accounts", Api.json(Map.of("username", username, "name", "Name of " + username, "roles", roles, "password", GIVEN))).is(201);
        return GIVEN;
    }

    Api signIn(String username, String password) throws Exception {
        return bearer(token(username, password));
    }

    String token(String username, String password) throws Exception {
        return attempt(username, password, Map.of()).is(200).json().path("token").asText();
    }

    Answer attempt(String username, String password, Map<String, String> headers) throws Exception {
        JsonNode body = Api.JSON.createObjectNode().put("username", username).put("password", password);
        return service.with(headers).post("/api/session", body.toString());
    }

    Api bearer(String token) {
        return service.with(Map.of("Authorization", "Bearer " + token));
    }
}
