package org.velador.patients.control;

import com.apicatalog.jcs.Jcs;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The one form in which something is signed: JSON as RFC 8785 has it, times in UTC with all six digits of a second. */
final class Canonical {

    /** What stands where there is nothing before. */
    static final byte[] NOTHING = new byte[32];

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private Canonical() {
    }

    /** @param type so that one thing is never taken for another that happens to have the same members */
    static JsonObjectBuilder object(String type, long patientId) {
        // As text: RFC 8785 has the numbers of JavaScript, which end before those of PostgreSQL.
        return JSON.createObjectBuilder().add("type", type).add("patient", Long.toString(patientId));
    }

    static String time(OffsetDateTime time) {
        return TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    static byte[] bytes(JsonObjectBuilder object) {
        return Jcs.canonize(object.build()).getBytes(StandardCharsets.UTF_8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
