package org.velador.instance.sample;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

/** Does not start; packed only where a failing deployment is wanted. */
@Singleton
@Startup
public class Broken {

    @PostConstruct
    void start() {
        throw new IllegalStateException("broken on purpose");
    }
}
