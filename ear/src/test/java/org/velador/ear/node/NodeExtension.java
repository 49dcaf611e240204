package org.velador.ear.node;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** Makes the node known to Arquillian, and lets tests outside have its {@link Database} injected. */
public class NodeExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(DeployableContainer.class, NodeContainer.class).service(ResourceProvider.class, DatabaseProvider.class);
    }
}
