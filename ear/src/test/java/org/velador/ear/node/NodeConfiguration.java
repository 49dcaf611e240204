package org.velador.ear.node;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** There is nothing to choose: the build says by system properties where the parts are. */
public class NodeConfiguration implements ContainerConfiguration {

    @Override
    public void validate() {
        // Nothing to check.
    }
}
