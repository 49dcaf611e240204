package org.velador.ear.node;

import java.lang.annotation.Annotation;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** The {@link Database} for {@code @ArquillianResource} fields of tests that run as a client. */
public class DatabaseProvider implements ResourceProvider {

    @Inject
    private Instance<Database> database;

    @Override
    public boolean canProvide(Class<?> type) {
        return type == Database.class;
    }

    @Override
    public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
        return database.get();
    }
}
