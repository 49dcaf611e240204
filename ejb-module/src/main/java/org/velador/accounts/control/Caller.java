package org.velador.accounts.control;

import jakarta.enterprise.context.RequestScoped;
import java.util.Set;

/** Who sent the request that is worked on, and from where: said once, before anything else looks at the request. */
@RequestScoped
public class Caller {

    /** What a request is without any credentials. */
    public static final String NOBODY = "nobody";

    private String name = NOBODY;
    private Set<String> roles = Set.of();
    private String address = "";
    private String correlationId = "";

    /** @param name account or device; {@link #NOBODY} without one */
    public void is(String name, Set<String> roles) {
        this.name = name;
        this.roles = Set.copyOf(roles);
    }

    /**
     * Where the request came from.
     *
     * @param address       of the client, as the load balancer says
     * @param correlationId of the load balancer's {@code X-Request-ID}; empty without
     */
    public void comesFrom(String address, String correlationId) {
        this.address = address;
        this.correlationId = correlationId;
    }

    public String name() {
        return name;
    }

    public Set<String> roles() {
        return roles;
    }

    public boolean isKnown() {
        return !name.equals(NOBODY);
    }

    public String address() {
        return address;
    }

    public String correlationId() {
        return correlationId;
    }
}
