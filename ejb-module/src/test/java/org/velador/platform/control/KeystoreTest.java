package org.velador.platform.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.velador.platform.control.Refusals.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {

    @TempDir
    Path folder;

    @Test
    void newestKeySignsAndOlderOnesVerify() throws Exception {
        Path file = folder.resolve("keys.p12");
        TestKeys.addSigningKey(file, "20200101-000000");
        TestKeys.addSessionKey(file);
        Keystore keystore = TestKeys.open(file);
        assertThat(keystore.signingKeyId()).isEqualTo("20200101-000000");
        assertThat(keystore.sessionKey().getAlgorithm()).isEqualTo("HmacSHA256");
        assertThat(keystore.sessionKey().getEncoded()).hasSize(32);
        byte[] signature = sign(keystore);

        TestKeys.addSigningKey(file, "20210101-000000");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(2)));
        Keystore later = TestKeys.open(file);
        assertThat(later.signingKeyId()).isEqualTo("20210101-000000");
        assertThat(verifies(later.publicKey("20200101-000000").orElseThrow(), signature)).isTrue();
        assertThat(verifies(later.publicKey("20210101-000000").orElseThrow(), signature)).isFalse();
        assertThat(keystore.publicKey("20210101-000000")).as("found without a restart").isPresent();
        assertThat(keystore.signingKeyId()).as("until it is").isEqualTo("20200101-000000");
        assertThat(keystore.publicKey("20220101-000000")).isEmpty();
    }

    @Test
    void withoutAKeystoreWhatNeedsAKeyIsRefused() {
        Keystore none = new Keystore(" ", null);
        none.read();
        assertThat(none.isThere()).isFalse();
        assertThat(none.publicKey("20200101-000000")).isEmpty();
        assertRefused(503, "no-keystore", none::signingKey);
        assertRefused(503, "no-keystore", none::sessionKey);
    }

    @Test
    void anInstanceWhoseKeystoreCannotBeUsedDoesNotStart() throws Exception {
        Path file = folder.resolve("keys.p12");
        assertThatThrownBy(() -> TestKeys.open(file)).isInstanceOf(IllegalStateException.class).hasMessageContaining(file.toString());
        TestKeys.addSigningKey(file, "20200101-000000");
        assertThatThrownBy(() -> TestKeys.open(file)).hasMessageContaining("no secret key 'session'");
        assertThatThrownBy(() -> new Keystore(file.toString(), "wrong-one").read()).hasMessageContaining("password was incorrect");
    }

    private static byte[] sign(Keystore keystore) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keystore.signingKey());
        signature.update(new byte[] {1, 2, 3});
        return signature.sign();
    }

    private static boolean verifies(PublicKey key, byte[] signed) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(new byte[] {1, 2, 3});
        return signature.verify(signed);
    }
}
