package org.velador.patients.control;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.velador.platform.control.Keystore;

/**
 * Signs and verifies with the site's keys, by Ed25519. That a signature verifies stays true for ever, so those that did lately are
 * remembered: who reads the same history again pays for hashes alone.
 */
@ApplicationScoped
public class Signatures {

    /** Tells whether a signature is of that key over that message; one by a key that nobody knows is not. */
    @FunctionalInterface
    interface Verifier {
        boolean verifies(String keyId, byte[] message, byte[] signature);
    }

    private static final int REMEMBERED = 10_000;

    @EJB
    private Keystore keystore;

    private final Set<String> verified = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    public Signatures() {
        // For CDI.
    }

    Signatures(Keystore keystore) {
        this.keystore = keystore;
    }

    /** Whether there are keys; without, nothing can be signed and nothing is known of what was. */
    boolean isPossible() {
        return keystore.isThere();
    }

    String keyId() {
        return keystore.signingKeyId();
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keystore.signingKey());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key " + keyId() + " does not sign", e);
        }
    }

    boolean verifies(String keyId, byte[] message, byte[] signed) {
        String what = nameOf(keyId, message, signed);
        if (verified.contains(what)) {
            return true;
        }
        boolean verifies = verifiesAnew(keyId, message, signed);
        if (verifies) {
            verified.add(what);
        }
        return verifies;
    }

    /** The same without remembering, for whoever goes through all of them. */
    boolean verifiesAnew(String keyId, byte[] message, byte[] signed) {
        Optional<PublicKey> key = keystore.publicKey(keyId);
        if (key.isEmpty()) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key.get());
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // Not even the form of a signature.
            return false;
        }
    }

    private static String nameOf(String keyId, byte[] message, byte[] signed) {
        MessageDigest digest = Canonical.sha256();
        digest.update(message);
        // A digest of its own length in between: no other message and signature come to the same bytes.
        byte[] ofMessage = digest.digest();
        digest.update(keyId.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(ofMessage);
        digest.update(signed);
        return HexFormat.of().formatHex(digest.digest());
    }
}
