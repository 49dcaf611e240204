package org.velador.platform.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The API documentation for people: Swagger UI over the document at {@code /openapi}, from files of the WAR alone.
 * A resource, because JAX-RS owns everything under {@code /api}; the page itself is {@code WEB-INF/api-docs.html}.
 */
@Path("docs")
@ApplicationScoped
@PermitAll
public class DocumentationPage {

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    @Operation(hidden = true)
    public InputStream page(@Context ServletContext site) {
        return site.getResourceAsStream("/WEB-INF/api-docs.html");
    }
}
