package org.velador.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.PublicKey;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script's commands for keystores. */
class KeysCommandTest {

    private static final Path SCRIPT = Path.of("src/main/dist/bin/velador").toAbsolutePath();
    private static final String PASSWORD = "s3cret-s3cret";

    @TempDir
    Path folder;

    private String said;

    @Test
    void madeKeystoreIsItsOwnersAloneAndHasTheKeysThatAnInstanceNeeds() throws Exception {
        assertThat(run("create", PASSWORD)).as(said).isZero();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
        assertThat(signingKeys()).hasSize(1);
        assertThat(open().getKey("session", PASSWORD.toCharArray()).getEncoded()).hasSize(32);
        assertThat(run("create", PASSWORD)).isNotZero();
        assertThat(said).contains("is there already");
    }

    @Test
    void rotationAddsANewerKeyAndKeepsTheOlder() throws Exception {
        // A key of before now: two within a second would have the same name.
        assertThat(keytool("-genkeypair", "-alias", "history-20200101-000000", "-keyalg", "Ed25519", "-dname", "CN=Velador")).isZero();
        PublicKey older = open().getCertificate("history-20200101-000000").getPublicKey();

        assertThat(run("rotate", PASSWORD)).as(said).isZero();

        assertThat(signingKeys()).hasSize(2).startsWith("history-20200101-000000");
        assertThat(open().getCertificate("history-20200101-000000").getPublicKey()).isEqualTo(older);
    }

    @Test
    void refusesWrongPasswordsAndClocksThatAreBehind() throws Exception {
        assertThat(keytool("-genkeypair", "-alias", "history-29990101-000000", "-keyalg", "Ed25519", "-dname", "CN=Velador")).isZero();

        assertThat(run("rotate", "another-one")).isNotZero();
        assertThat(said).contains("cannot be opened with this password");
        assertThat(run("rotate", PASSWORD)).isNotZero();
        assertThat(said).contains("the newest key is of 29990101000000");
        assertThat(run("create", "short")).isNotZero();
        assertThat(said).contains("6 characters or more");
        assertThat(signingKeys()).hasSize(1);
    }

    private Path file() {
        return folder.resolve("keys.p12");
    }

    private KeyStore open() throws Exception {
        return KeyStore.getInstance(file().toFile(), PASSWORD.toCharArray());
    }

    private List<String> signingKeys() throws Exception {
        return Collections.list(open().aliases()).stream().filter(alias -> alias.startsWith("history-")).sorted().toList();
    }

    private int run(String command, String password) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "keys", command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("VELADOR_KEYSTORE", file().toString());
        builder.environment().put("VELADOR_KEYSTORE_PASSWORD", password);
        return finish(builder);
    }

    private int keytool(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool");
        builder.command().addAll(List.of(arguments));
        builder.command().addAll(List.of("-keystore", file().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        return finish(builder);
    }

    private int finish(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        said = new String(process.getInputStream().readAllBytes());
        return process.waitFor();
    }
}
