package org.velador.ear.inside;

import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Refuses what a test asks for: with the status that stands in the path, or, before anybody has looked where that leads, in a header. */
@Path("refused/{status}")
@PermitAll
@RequestScoped
public class Refuser {

    @DELETE
    public Response remove(@PathParam("status") int status) {
        return Response.status(status).type("text/plain").entity("refused").build();
    }

    /** Like one that looks at credentials first. */
    @Provider
    @PreMatching
    public static class AtOnce implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            String status = request.getHeaderString("X-Refuse-With");
            if (status != null) {
                request.abortWith(Response.status(Integer.parseInt(status)).type("text/plain").entity("refused").build());
            }
        }
    }
}
