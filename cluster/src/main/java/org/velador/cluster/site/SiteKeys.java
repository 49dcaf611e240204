package org.velador.cluster.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The site's keystore, made at its first start with a password of its own; both are in files only the owner can read. Once made it is
 * never made anew: what it signed could no longer be verified.
 */
final class SiteKeys {

    static final String FILE = "keys.p12";
    static final String PASSWORD_FILE = "keys-password";

    private final Path file;
    private final String password;

    private SiteKeys(Path file, String password) {
        this.file = file;
        this.password = password;
    }

    /**
     * Those of the folder.
     *
     * @throws SiteFailure when there are none and none can be made
     */
    static SiteKeys of(Path home, Path launcher) throws IOException, InterruptedException {
        Path passwordFile = home.resolve(PASSWORD_FILE);
        if (!Files.exists(passwordFile)) {
            byte[] bytes = new byte[24];
            new SecureRandom().nextBytes(bytes);
            Files.createFile(passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passwordFile, HexFormat.of().formatHex(bytes) + "\n");
        }
        SiteKeys keys = new SiteKeys(home.resolve(FILE), Files.readString(passwordFile).trim());
        if (!Files.exists(keys.file)) {
            keys.make(launcher);
        }
        return keys;
    }

    private void make(Path launcher) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "keys", "create").redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("VELADOR_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(settings());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new SiteFailure("the keystore cannot be made: " + said.strip());
        }
    }

    /** What an instance has to be told of them. */
    Map<String, String> settings() {
        return Map.of("VELADOR_KEYSTORE", file.toString(), "VELADOR_KEYSTORE_PASSWORD", password);
    }
}
