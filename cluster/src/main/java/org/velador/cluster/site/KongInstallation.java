package org.velador.cluster.site;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Kong of this machine, where it has one. */
record KongInstallation(Path executable) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\S*");

    /** As Kong tells it. */
    record Version(int major, String text) {

        /** Kong 2 has them too, under other keys than those of kong.yml. */
        boolean takesPlugins() {
            return major >= 3;
        }
    }

    /**
     * Which Kong a site is to have; none for the stand-in.
     *
     * @param properties {@code gateway}: {@code kong} or {@code stand-in}; {@code velador.kong}: path of Kong's command
     * @param path folders to look for {@code kong} in, as in the variable PATH
     * @param whereFound whether Kong is taken when nothing is asked for and it is there
     * @throws SiteFailure when one is asked for that is not there
     */
    static Optional<Path> chosen(Properties properties, String path, boolean whereFound) {
        String gateway = properties.getProperty("gateway", "");
        return switch (gateway) {
            case "stand-in" -> Optional.empty();
            case "" -> whereFound ? find(properties, path) : Optional.empty();
            case "kong" -> Optional.of(find(properties, path).orElseThrow(() -> new SiteFailure(
                    "gateway=kong, but there is no kong on the PATH: install Kong, say where it is with"
                            + " -Dvelador.kong=/path/to/kong, or take the stand-in with -Dgateway=stand-in")));
            default -> throw new SiteFailure("got gateway=" + gateway
                    + ", expected kong or stand-in; where it listens is said with -Dlisten=address:port");
        };
    }

    private static Optional<Path> find(Properties properties, String path) {
        String named = properties.getProperty("velador.kong");
        if (named == null) {
            return Stream.of((path == null ? "" : path).split(File.pathSeparator))
                    .filter(folder -> !folder.isEmpty())
                    .map(folder -> Path.of(folder, "kong"))
                    .filter(KongInstallation::runs)
                    .findFirst();
        }
        if (!runs(Path.of(named))) {
            throw new SiteFailure("got velador.kong=" + named + ", expected the path of Kong's command");
        }
        return Optional.of(Path.of(named).toAbsolutePath());
    }

    private static boolean runs(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** @throws SiteFailure when it does not say which version it is */
    Version version() throws IOException {
        File output = File.createTempFile("kong", "version");
        try {
            Process process = new ProcessBuilder(executable.toString(), "version")
                    .redirectErrorStream(true).redirectOutput(output).start();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            String said = Files.readString(output.toPath()).trim();
            Matcher version = VERSION.matcher(said);
            if (!version.find()) {
                throw new SiteFailure(executable + " version: got \"" + said + "\", expected one like 3.4.2");
            }
            return new Version(Integer.parseInt(version.group(1)), version.group());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SiteFailure("stopped while starting", e);
        } finally {
            Files.delete(output.toPath());
        }
    }
}
