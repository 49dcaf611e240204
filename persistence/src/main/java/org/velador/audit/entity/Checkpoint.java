package org.velador.audit.entity;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What an instance vouches for with its signature: how far each chain went at a time. Whoever alters an older entry, and computes
 * anew all that follows, cannot sign that.
 *
 * @param witness   the instance that signs
 * @param number    counts from 1 for each witness, without gaps
 * @param at        when, by the clock of the database
 * @param heads     of all chains, in the order of their names
 * @param previous  hash of the witness's checkpoint before; empty for the first
 * @param keyId     names the key that it is signed with
 * @param signature Ed25519 over all of the above
 */
public record Checkpoint(String witness, long number, OffsetDateTime at, List<Head> heads, String previous, String keyId, byte[] signature) {

    private static final String ALGORITHM = "Ed25519";

    /** Makes and signs one. */
    public static Checkpoint signed(String witness, long number, OffsetDateTime at, List<Head> heads, String previous, String keyId, PrivateKey key)
            throws InvalidKeyException {
        Checkpoint unsigned = new Checkpoint(witness, number, at, heads, previous, keyId, new byte[0]);
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(unsigned.form().bytes());
            return new Checkpoint(witness, number, at, heads, previous, keyId, signature.sign());
        } catch (InvalidKeyException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java since 15 has " + ALGORITHM, e);
        }
    }

    /** What the next one has as its previous hash. */
    public String hash() {
        return form().hash();
    }

    /** Whether the signature is that of this content by this key; not when there is no such key. */
    public boolean isSignedWith(PublicKey key) {
        if (key == null) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(form().bytes());
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Form form() {
        Form form = new Form().add("velador-audit-checkpoint-1").add(witness).add(number).add(at).add(previous).add(keyId).add(heads.size());
        heads.forEach(head -> form.add(head.instance()).add(head.number()).add(head.hash()));
        return form;
    }
}
