package org.velador.accounts.boundary;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.velador.accounts.control.SignIn;
import org.velador.accounts.entity.Role;
import org.velador.platform.boundary.ProblemResponse;
import org.velador.platform.control.Problem;

/**
 * Keeps what tells how the site is made to those who are in a network of {@code VELADOR_INSIDE}, by default on the machine itself, and to those who have
 * signed in: the contract to everybody of them, the metrics to administrators.
 */
@WebFilter(urlPatterns = {"/openapi", "/metrics"})
public class InsideOnly extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Networks inside = Networks.parse(
            Optional.ofNullable(System.getenv("VELADOR_INSIDE")).filter(networks -> !networks.isBlank()).orElse("127.0.0.0/8,::1"));

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
        Identity identity = Identity.in(request);
        boolean metrics = request.getServletPath().equals("/metrics");
        if (inside.contain(ClientAddress.of(request)) || identity.name() != null && (!metrics || identity.roles().contains(Role.Name.ADMIN))) {
            chain.doFilter(request, response);
        } else if (identity.name() == null) {
            ProblemResponse.send(SignIn.unauthenticated("This is for those who have signed in, or are in a network of VELADOR_INSIDE."), response);
        } else {
            ProblemResponse.send(new Problem(403, "forbidden", "Forbidden", "This needs the role admin."), response);
        }
    }
}
