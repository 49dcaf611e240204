package org.velador.accounts.boundary;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;

/** The caller as Jakarta REST asks for it: by the roles that were looked up, not by those of the token. */
record CallerSecurity(String name, Set<String> roles, boolean isSecure) implements SecurityContext {

    @Override
    public Principal getUserPrincipal() {
        return () -> name;
    }

    @Override
    public boolean isUserInRole(String role) {
        return roles.contains(role);
    }

    @Override
    public String getAuthenticationScheme() {
        return "velador";
    }
}
