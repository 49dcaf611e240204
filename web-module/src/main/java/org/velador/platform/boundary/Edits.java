package org.velador.platform.boundary;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.stream.Stream;
import org.velador.platform.control.Problem;
import org.velador.platform.control.Versioned;

/** Versions at the HTTP edge: an ETag on what is read, If-Match on what is edited, so that nobody overwrites unseen. */
public final class Edits {

    private Edits() {
    }

    /** 200 with the ETag that an edit must send back. */
    public static Response ok(Versioned<?> found) {
        return Response.ok(found.value()).tag(tag(found)).build();
    }

    /** 201 with Location and ETag. */
    public static Response created(URI location, Versioned<?> made) {
        return Response.created(location).entity(made.value()).tag(tag(made)).build();
    }

    /**
     * The version that an If-Match header names.
     *
     * @throws org.velador.platform.control.ProblemException 428 when the header is missing, 412 when it is no tag of ours
     */
    public static int seenVersion(String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new Problem(428, "precondition-required", "Precondition required",
                    "If-Match: missing (expected: the ETag of the version that this edit is based on)").asException();
        }
        String tag = ifMatch.strip();
        if (tag.matches("\"\\d{1,9}\"")) {
            return Integer.parseInt(tag.substring(1, tag.length() - 1));
        }
        throw new Problem(412, "stale-version", "Changed in the meantime",
                "If-Match: '" + tag + "' (expected: the ETag of the present version)").asException();
    }

    /**
     * Whether a client has the present state already, by its If-None-Match. What is no list of tags is none of ours, and matches nothing.
     *
     * @param ifNoneMatch the header, or null
     */
    public static boolean has(String ifNoneMatch, EntityTag present) {
        return ifNoneMatch != null && Stream.of(ifNoneMatch.split(",")).map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals("\"" + present.getValue() + "\""));
    }

    private static EntityTag tag(Versioned<?> versioned) {
        return new EntityTag(Integer.toString(versioned.version()));
    }
}
