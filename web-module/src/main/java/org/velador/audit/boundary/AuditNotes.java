package org.velador.audit.boundary;

import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.velador.audit.control.Action;
import org.velador.audit.control.AuditTrail;
import org.velador.audit.control.Occasion;
import org.velador.audit.control.Outcome;
import org.velador.platform.boundary.RestApplication;

/**
 * Notes reads of patient data and refusals. A read is noted, and that is on disk, before the first byte of its answer is sent; when
 * it cannot be noted there is no answer but 503.
 */
@Provider
@Priority(Priorities.AUTHENTICATION - 50)
@ApplicationScoped
public class AuditNotes implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Set<Integer> REFUSALS = Set.of(401, 403, 423, 429);
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Personal data that people search by: the answer's patients are noted instead. */
    private static final Set<String> NOT_NOTED = Set.of("q");

    private static final String ROOT = "/" + RestApplication.class.getAnnotation(ApplicationPath.class).value().replaceAll("^/|/$", "") + "/";

    private static final Logger LOG = Logger.getLogger(AuditNotes.class.getName());

    @EJB
    private AuditTrail audit;

    @Inject
    private Occasion occasion;

    @Context
    private ResourceInfo resource;

    @Context
    private UriInfo uri;

    @Override
    public void filter(ContainerRequestContext request) {
        occasion.is(request.getMethod(), path());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Audited audited = resource.getResourceMethod() == null ? null : resource.getResourceMethod().getAnnotation(Audited.class);
        int status = response.getStatus();
        if (REFUSALS.contains(status)) {
            refused(request, audited == null ? Action.REQUEST_MAKE : audited.value(), status);
        } else if (audited != null && READING.contains(request.getMethod())) {
            read(audited, response, status);
        }
    }

    private void read(Audited audited, ContainerResponseContext response, int status) {
        List<String> patients = Stream.of(Stream.ofNullable(parameter("mrn")), occasion.patients().stream(), NamedPatients.in(response.getEntity()))
                .flatMap(named -> named).distinct().toList();
        if (audited.onlyWithPatient() && patients.isEmpty()) {
            return;
        }
        if (status < 400) {
            audit.answered(audited.value(), object(), patients, query(), Outcome.DONE, status);
        } else if (status == 404) {
            unlessItCannot(() -> audit.answered(audited.value(), object(), patients, query(), Outcome.NOT_FOUND, status));
        }
    }

    private void refused(ContainerRequestContext request, Action action, int status) {
        if (occasion.path() == null) {
            // Refused before it was looked where it leads.
            occasion.is(request.getMethod(), path());
        }
        unlessItCannot(() -> audit.answered(action, object(), List.of(), query(), Outcome.REFUSED, status));
    }

    /** The answer tells nobody anything: it is given all the same. */
    private static void unlessItCannot(Runnable note) {
        try {
            note.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A refusal could not be noted: {0}", e.getMessage());
        }
    }

    /** The template where it leads to a resource, else the path as it was sent. */
    private String path() {
        Method method = resource.getResourceMethod();
        if (method == null) {
            return ROOT + uri.getPath(false).replaceAll("^/", "");
        }
        return Stream.of(resource.getResourceClass().getAnnotation(Path.class), method.getAnnotation(Path.class))
                .filter(Objects::nonNull)
                .map(path -> path.value().replaceAll("^/|/$", ""))
                .collect(Collectors.joining("/", ROOT, ""));
    }

    private String object() {
        if (occasion.object() != null) {
            return occasion.object();
        }
        MultivaluedMap<String, String> inPath = uri.getPathParameters();
        return inPath.containsKey("mrn") ? parameter("mrn") : inPath.keySet().stream().findFirst().map(this::parameter).orElse(null);
    }

    private String parameter(String name) {
        return uri.getPathParameters().getFirst(name);
    }

    /** The query parameters as they were sent. */
    private String query() {
        return uri.getQueryParameters(false).entrySet().stream()
                .filter(parameter -> !NOT_NOTED.contains(parameter.getKey()))
                .flatMap(parameter -> parameter.getValue().stream().map(value -> parameter.getKey() + "=" + value))
                .collect(Collectors.joining("&"));
    }
}
