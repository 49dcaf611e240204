import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Writes what differs from the configuration that Micro brings along into its {@code domain.xml}. By commands before each boot the same
 * takes a good part of a second, and elements that are missing are made while the services that need them start already.
 *
 * <p>Runs at build time, from its source: {@code java ConfigureServer.java <domain.xml>}. Each path has to name one element: a new
 * version of Micro whose configuration looks different fails the build.
 */
final class ConfigureServer {

    private static final String CONFIG = "/domain/configs/config[@name='server-config']";
    private static final String HTTP = CONFIG + "/network-config/protocols/protocol[@name='http-listener']/http";
    private static final String LISTENER = CONFIG + "/network-config/network-listeners/network-listener[@name='http-listener']";

    private final Document document;
    private final XPath xpath = XPathFactory.newInstance().newXPath();

    private ConfigureServer(Document document) {
        this.document = document;
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        new ConfigureServer(document).configure();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(file.toFile()));
    }

    private void configure() throws Exception {
        // Of each node its own: system properties that the launcher sets.
        set(LISTENER, "address", "${velador.address}");
        set(LISTENER, "port", "${velador.port}");
        set(CONFIG + "/thread-pools/thread-pool[@name='http-thread-pool']", "max-thread-pool-size", "${velador.http-threads}");

        set(HTTP, "server-header", "false");
        set(HTTP, "xpowered-by", "false");
        // The load balancer closes idle connections (Kong after 60 s), never this side: a POST that meets a closing
        // connection is not retried. For the same reason no limit on the requests of one connection. A time here would also keep
        // 3 KB of each connection that was closed after an answer until it is over: under overload, which closes one with each
        // 503, more than the heap within a minute.
        set(HTTP, "timeout-seconds", "-1");
        set(HTTP, "max-connections", "-1");
        // A client that reads nothing of its answer, or sends nothing more of its body, is waited for so long.
        set(CONFIG + "/network-config/transports/transport[@name='tcp']", "write-timeout-millis", "5000");
        set(CONFIG + "/network-config/transports/transport[@name='tcp']", "read-timeout-millis", "2000");
        set(CONFIG + "/phone-home-runtime-configuration", "enabled", "false");
        // What is still to come of a body when its request is refused is read for the client to see why, but not without an end: this
        // is twice the largest body that is taken.
        set(HTTP, "max-swallowing-input-bytes", Integer.toString(16 * 1024 * 1024));
        // Measured for nobody, and readable by everybody at /metrics.
        set(CONFIG + "/microprofile-metrics-configuration", "enabled", "false");

        // The descriptors were checked when the application was built; their schemas cost each start a good part of a second.
        set(CONFIG + "/admin-service/das-config", "deploy-xml-validation", "none");

        // What the server would add when it starts. It does not wait for itself: now and then, on a busy machine, the transaction
        // service comes first, finds no monitoring service and the boot fails with a NullPointerException.
        add(add(CONFIG, "monitoring-service"), "module-monitoring-levels");
        add(add(CONFIG, "group-management-service"), "failure-detection");
        add("/domain", "deployment-groups");
        add("/domain", "clusters");
    }

    private void set(String path, String attribute, String value) throws Exception {
        one(path).setAttribute(attribute, value);
    }

    private Element add(String path, String name) throws Exception {
        return add(one(path), name);
    }

    private Element add(Element parent, String name) {
        if (parent.getElementsByTagName(name).getLength() > 0) {
            throw new IllegalStateException("%s: there already in %s (expected: none)".formatted(name, parent.getTagName()));
        }
        Element added = document.createElement(name);
        parent.appendChild(added);
        return added;
    }

    private Element one(String path) throws Exception {
        NodeList found = (NodeList) xpath.evaluate(path, document, XPathConstants.NODESET);
        if (found.getLength() != 1) {
            throw new IllegalStateException("%s: %d elements (expected: 1)".formatted(path, found.getLength()));
        }
        return (Element) found.item(0);
    }
}
