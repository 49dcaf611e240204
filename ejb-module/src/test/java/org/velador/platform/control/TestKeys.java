package org.velador.platform.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keystores for tests, made by the JDK's own tool as the start script does. */
public final class TestKeys {

    static final String PASSWORD = "night-watch";

    private TestKeys() {
    }

    /** A keystore with a signing key that is gone when the tests end. */
    public static Keystore create() {
        try {
            Path file = Files.createTempDirectory("velador-keys").resolve("keys.p12");
            addSigningKey(file, "20200101-000000");
            addSessionKey(file);
            file.toFile().deleteOnExit();
            file.getParent().toFile().deleteOnExit();
            return open(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an instance without a keystore has. */
    public static Keystore none() {
        Keystore keystore = new Keystore(null, null);
        keystore.read();
        return keystore;
    }

    static Keystore open(Path file) {
        Keystore keystore = new Keystore(file.toString(), PASSWORD);
        keystore.read();
        return keystore;
    }

    static void addSigningKey(Path file, String keyId) throws IOException {
        keytool(file, "-genkeypair", "-alias", "history-" + keyId, "-keyalg", "Ed25519", "-dname", "CN=Velador");
    }

    static void addSessionKey(Path file) throws IOException {
        keytool(file, "-genseckey", "-alias", "session", "-keyalg", "HmacSHA256", "-keysize", "256");
    }

    private static void keytool(Path file, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(said);
        }
    }
}
