package org.velador.audit.control;

import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The request on whose occasion something is noted: what it asks for, and whom it turns out to be about. */
@RequestScoped
public class Occasion {

    private String method;
    private String path;
    private String object;
    private final Set<String> patients = new LinkedHashSet<>();

    /** @param path template, such as {@code /api/patients/{mrn}} */
    public void is(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Says what the request is about where its path does not, such as who tries to sign in. */
    public void isAbout(String object) {
        this.object = object;
    }

    /** The answer will name this patient. */
    public void names(String mrn) {
        patients.add(mrn);
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    /** Null when nobody has said it. */
    public String object() {
        return object;
    }

    public List<String> patients() {
        return new ArrayList<>(patients);
    }
}
