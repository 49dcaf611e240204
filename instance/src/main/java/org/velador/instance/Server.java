package org.velador.instance;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Payara Micro, booted from an unpacked folder whose modules are on the class path of the JVM. That makes it quick to start: its
 * classes come from the shared class archive, which knows no other class path.
 */
final class Server {

    private static final String REQUEST_FRAME = "org.apache.catalina.connector.CoyoteAdapter";
    private static final Pattern DEPLOYMENT_ERROR =
            Pattern.compile("Error occurred during deployment: (?:Exception while loading the app : )?(.*?)(?:\\.? Please see server\\.log|\\s+StackTrace:)", Pattern.DOTALL);

    private final PayaraMicroBoot micro;
    private AdminCommandRunner commands;

    private Server(PayaraMicroBoot micro) {
        this.micro = micro;
    }

    /**
     * Boots the server; it listens, and has nothing to serve yet.
     *
     * @throws StartException when it does not boot
     */
    static Server boot(Settings settings) {
        Path bootJar = bootJar();
        loadBootProperties(bootJar.resolveSibling("MICRO-INF").resolve("payara-boot.properties"));
        // From this jar's manifest the server learns its modules.
        System.setProperty("fish.payara.micro.BootJar", bootJar.toUri().toString());
        // The server's own security policy trusts what lies in this folder.
        System.setProperty("fish.payara.micro.UnpackDir", bootJar.getParent().toString());
        // Read by the application's admission of requests.
        System.setProperty("velador.requests", Integer.toString(settings.requests()));
        System.setProperty("velador.queue", Integer.toString(settings.queue()));
        Path folder = InstanceFolder.makeAnew(settings.home(), bootJar.getParent());
        Server server = new Server(micro());
        server.start(settings, folder);
        return server;
    }

    private void start(Settings settings, Path folder) {
        configuration(settings).forEach(System::setProperty);
        micro.setRootDir(folder.toFile())
                .setInstanceName(settings.name())
                .setNoHazelcast(true)
                .setPrintLogo(false)
                .setPostBootHandler(runner -> commands = runner);
        try {
            micro.bootStrap();
        } catch (BootstrapException e) {
            throw new StartException("The server does not boot: " + reason(e), e);
        }
    }

    /**
     * Deploys the application after the boot: Micro's own ways of deploying at boot refuse an EAR.
     *
     * @throws StartException when the application does not start
     */
    void deploy(Path ear) {
        deploy(ear, "--skipdsfailure=false");
    }

    /** For a rehearsal without a database: persistence stays closed for good, which would be no way to serve. */
    void deployWithoutDatabase(Path ear) {
        deploy(ear, "--skipdsfailure=true");
    }

    private void deploy(Path ear, String option) {
        ClusterCommandResult result = commands.run("deploy", option, ear.toString());
        if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
            throw new StartException("%s cannot be deployed: %s".formatted(ear, deploymentError(result)), result.getFailureCause());
        }
    }

    private static String deploymentError(ClusterCommandResult result) {
        if (result.getFailureCause() != null) {
            return reason(result.getFailureCause());
        }
        Matcher sentence = DEPLOYMENT_ERROR.matcher(result.getOutput());
        return (sentence.find() ? sentence.group(1) : result.getOutput()).strip().replaceAll("\\s+", " ");
    }

    /** Stops serving. A request that still runs is cut off after two seconds. */
    void stop() throws BootstrapException {
        micro.shutdown();
    }

    /**
     * Requests that are being worked on at this moment. The server counts them only with its monitoring on, which costs each of
     * them, and gives no way to wait for them; but each stands in its thread's stack. Streams that wait for news occupy no thread
     * and do not count: they have no end to wait for.
     */
    static long runningRequests() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Stream.of(stack).anyMatch(frame -> frame.getClassName().equals(REQUEST_FRAME)))
                .count();
    }

    /** What the configuration leaves to each node; the rest of it is written at build time ({@code ConfigureServer}). */
    static Map<String, String> configuration(Settings settings) {
        return Map.of(
                "velador.address", settings.address(),
                "velador.port", Integer.toString(settings.port()),
                "velador.http-threads", Integer.toString(settings.httpThreads()));
    }

    /** The innermost message: the outer ones repeat it with the names of the layers it went through. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost instanceof StartException ? innermost.getMessage() : innermost.toString();
    }

    /** The class is in a module of the server, of which there is no artifact to compile against; its interface is public. */
    private static PayaraMicroBoot micro() {
        try {
            return (PayaraMicroBoot) Class.forName("fish.payara.micro.impl.PayaraMicroImpl").getMethod("getInstance").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new StartException("The distribution is incomplete: micro/runtime lacks Payara Micro.", e);
        }
    }

    private static Path bootJar() {
        try {
            return Path.of(PayaraMicroBoot.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new StartException("The distribution's path cannot be read: " + e.getMessage(), e);
        }
    }

    /** Properties that Micro sets when it runs from its single jar, but not from an unpacked folder. */
    private static void loadBootProperties(Path file) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new StartException("The distribution is incomplete: %s cannot be read.".formatted(file), e);
        }
        properties.forEach((key, value) -> System.getProperties().putIfAbsent(key, value));
    }
}
