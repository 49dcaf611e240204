package org.velador.platform.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys in a PKCS#12 file, as {@code bin/velador keys} makes it: {@code history-<key id>} for each key pair that signs or has signed,
 * and {@code session}. Key ids are times, so that the greatest is the newest; that one signs.
 */
final class KeyRing {

    /** An alias; PKCS#12 knows no upper case. */
    private static final String HISTORY = "history-";

    private static final String SESSION = "session";

    private final SortedMap<String, PublicKey> publicKeys;
    private final PrivateKey signingKey;
    private final SecretKey sessionKey;

    private KeyRing(SortedMap<String, PublicKey> publicKeys, PrivateKey signingKey, SecretKey sessionKey) {
        this.publicKeys = Collections.unmodifiableSortedMap(publicKeys);
        this.signingKey = signingKey;
        this.sessionKey = sessionKey;
    }

    /**
     * Reads all keys of a file.
     *
     * @throws GeneralSecurityException when one that is needed is missing, or cannot be read
     * @throws IOException              when the file cannot be read, or the password is wrong
     */
    static KeyRing read(Path file, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        SortedMap<String, PublicKey> publicKeys = new TreeMap<>();
        for (String alias : Collections.list(store.aliases())) {
            if (alias.startsWith(HISTORY) && store.getCertificate(alias) != null) {
                publicKeys.put(alias.substring(HISTORY.length()), store.getCertificate(alias).getPublicKey());
            }
        }
        if (publicKeys.isEmpty()) {
            throw new GeneralSecurityException("no key pair '" + HISTORY + "…' in it");
        }
        if (!(store.getKey(HISTORY + publicKeys.lastKey(), password) instanceof PrivateKey signing && signing.getAlgorithm().equals("EdDSA"))) {
            throw new GeneralSecurityException("the newest key '" + HISTORY + publicKeys.lastKey() + "' is no private key of Ed25519");
        }
        if (!(store.getKey(SESSION, password) instanceof SecretKey session && session.getEncoded().length >= 32)) {
            throw new GeneralSecurityException("no secret key '" + SESSION + "' of at least 256 bits in it");
        }
        return new KeyRing(publicKeys, signing, new SecretKeySpec(session.getEncoded(), "HmacSHA256"));
    }

    PrivateKey signingKey() {
        return signingKey;
    }

    String signingKeyId() {
        return publicKeys.lastKey();
    }

    Optional<PublicKey> publicKey(String keyId) {
        return Optional.ofNullable(publicKeys.get(keyId));
    }

    SecretKey sessionKey() {
        return sessionKey;
    }
}
