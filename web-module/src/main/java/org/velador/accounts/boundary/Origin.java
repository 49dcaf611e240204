package org.velador.accounts.boundary;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.velador.accounts.control.Caller;

/** Notes where a request comes from, before anything decides about it. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 100)
@ApplicationScoped
public class Origin implements ContainerRequestFilter {

    /** What a load balancer makes of itself, or lets a client choose; longer or odder ones are not kept. */
    private static final String CORRELATION_ID = "[A-Za-z0-9._:#-]{1,100}";

    @Inject
    Caller caller;

    @Context
    HttpServletRequest request;

    @Override
    public void filter(ContainerRequestContext context) {
        String correlationId = context.getHeaderString("X-Request-ID");
        caller.comesFrom(ClientAddress.of(request), correlationId != null && correlationId.matches(CORRELATION_ID) ? correlationId : "");
    }
}
