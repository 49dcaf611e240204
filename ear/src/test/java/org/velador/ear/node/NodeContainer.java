package org.velador.ear.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.ApplicationScoped;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * One node for all test classes. They all deploy the same archive, so it is deployed once, the way a node does it by itself: at
 * its start.
 */
public class NodeContainer implements DeployableContainer<NodeConfiguration> {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    @Inject
    @ApplicationScoped
    private InstanceProducer<Database> database;

    private Path scratch;
    private Node node;

    @Override
    public Class<NodeConfiguration> getConfigurationClass() {
        return NodeConfiguration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public void start() throws LifecycleException {
        try {
            scratch = Files.createDirectories(Path.of(System.getProperty("velador.scratch")));
            database.set(Database.start(scratch));
        } catch (IOException e) {
            throw new LifecycleException("PostgreSQL did not start", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        try {
            if (node == null) {
                Path ear = scratch.resolve("velador.ear");
                archive.as(ZipExporter.class).exportTo(ear.toFile(), true);
                node = Node.start(Path.of(System.getProperty("velador.node")), ear, scratch, database.get());
                node.await("/health/ready", READY_WITHIN);
                database.get().admitTests();
            }
        } catch (IOException | InterruptedException | SQLException e) {
            throw new DeploymentException("The node did not start", e);
        }
        HTTPContext http = new HTTPContext(node.address().getAddress().getHostAddress(), node.address().getPort());
        return new ProtocolMetaData().addContext(http.add(new Servlet("ArquillianServletRunnerEE9", "/")));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        // The next class deploys the same.
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            if (node != null) {
                node.close();
            }
        } finally {
            database.get().close();
        }
    }
}
