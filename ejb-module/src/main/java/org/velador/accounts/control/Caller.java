package org.velador.accounts.control;

import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import org.velador.accounts.entity.Role;
import org.velador.platform.control.Problem;

/** Who sent the request that is worked on, and from where: said once, before anything else looks at the request. */
@RequestScoped
public class Caller {

    /** What a request is without any credentials. */
    public static final String NOBODY = "nobody";

    private String name = NOBODY;
    private Set<String> roles = Set.of();
    private boolean person;
    private String address = "";
    private String correlationId = "";

    /**
     * Says who it is.
     *
     * @param name   account or device
     * @param person whether it is somebody who has signed in, not a device or a service with a key
     */
    public void is(String name, Set<String> roles, boolean person) {
        this.name = name;
        this.roles = Set.copyOf(roles);
        this.person = person;
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

    /** Whether it is somebody who has signed in: what such a one writes is in that name. A service may write what others have said. */
    public boolean isPerson() {
        return person;
    }

    public boolean isKnown() {
        return !name.equals(NOBODY);
    }

    /** Whether this caller may be told who lies where. */
    public boolean mayKnowPatients() {
        return roles.contains(Role.Name.CLINICIAN);
    }

    /**
     * Refuses to search by patient for who may not know patients: to find somebody is to be told where they lie.
     *
     * @param patient what was asked for; null when nothing was
     * @throws org.velador.platform.control.ProblemException 403
     */
    public void requireMayAskFor(String patient) {
        if (patient != null && !mayKnowPatients()) {
            throw new Problem(403, "forbidden", "Forbidden", "To search by patient needs the role clinician.").asException();
        }
    }

    public String address() {
        return address;
    }

    public String correlationId() {
        return correlationId;
    }
}
