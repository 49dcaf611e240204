package org.velador.platform.control;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.SecretKey;

/**
 * The keys of this site, from the file that {@code VELADOR_KEYSTORE} names; all instances have the same. An instance without one serves
 * what needs no key, and refuses the rest; one whose file cannot be used does not start.
 *
 * <p>The file is read at the start, and again when a key is asked for that is not in it: another instance may sign with a newer one
 * already. Until it is started again
 * this one signs with the key that was the newest then.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Keystore {

    private static final Logger LOG = Logger.getLogger(Keystore.class.getName());

    private final String file;
    private final String password;
    private KeyRing keys;
    private volatile KeyRing newest;
    private FileTime readAsOf;

    public Keystore() {
        this(System.getenv("VELADOR_KEYSTORE"), System.getenv("VELADOR_KEYSTORE_PASSWORD"));
    }

    /** @param file null or blank for none */
    Keystore(String file, String password) {
        this.file = file == null || file.isBlank() ? null : file.strip();
        this.password = password == null ? "" : password.strip();
    }

    /** Reads the file; in a server that happens by itself. */
    @PostConstruct
    public void read() {
        if (file == null) {
            LOG.warning("There is no keystore (expected: VELADOR_KEYSTORE): what needs a key is refused.");
            return;
        }
        try {
            readAgain();
            keys = newest;
        } catch (IOException | GeneralSecurityException e) {
            String reason = "VELADOR_KEYSTORE: %s cannot be used: %s (expected: what 'velador keys create' makes, and its password)"
                    .formatted(file, e.getMessage());
            // The server tells of the failure in its own words only.
            LOG.severe(reason);
            throw new IllegalStateException(reason, e);
        }
    }

    /** Whether there is one; without, everything but {@link #publicKey} is refused. */
    public boolean isThere() {
        return keys != null;
    }

    /** Private key of Ed25519 that signs. */
    public PrivateKey signingKey() {
        return required().signingKey();
    }

    /** Names {@link #signingKey()} for whoever verifies. */
    public String signingKeyId() {
        return required().signingKeyId();
    }

    /** The public key to what a key signed or signs; empty when no such key is known. */
    public Optional<PublicKey> publicKey(String keyId) {
        if (newest == null || keyId == null) {
            return Optional.empty();
        }
        Optional<PublicKey> key = newest.publicKey(keyId);
        if (key.isPresent()) {
            return key;
        }
        try {
            readAgain();
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(Level.WARNING, "{0} cannot be read again: {1}", new Object[] {file, e.getMessage()});
        }
        return newest.publicKey(keyId);
    }

    /** Secret key for HMAC SHA-256, the same on every instance. */
    public SecretKey sessionKey() {
        return required().sessionKey();
    }

    private KeyRing required() {
        if (keys == null) {
            throw new Problem(503, "no-keystore", "No keystore",
                    "This instance has no keystore, which this needs (expected: VELADOR_KEYSTORE and VELADOR_KEYSTORE_PASSWORD in its settings).").asException();
        }
        return keys;
    }

    private synchronized void readAgain() throws IOException, GeneralSecurityException {
        Path path = Path.of(file);
        FileTime changed = Files.getLastModifiedTime(path);
        if (!changed.equals(readAsOf)) {
            newest = KeyRing.read(path, password.toCharArray());
            readAsOf = changed;
        }
    }
}
