package org.velador.patients.control;

import jakarta.json.JsonObjectBuilder;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.HexFormat;

/**
 * An entry of a patient's history as it is signed and chained.
 *
 * @param number    counts from 1 for each patient, without gaps
 * @param corrects  number of the earlier entry that this one corrects; null for none
 * @param previous  hash of the entry before; {@link Canonical#NOTHING} before the first
 * @param keyId     of the key that signed; null, and no signature, for entries from before signing
 */
record SignedEntry(int number, String author, OffsetDateTime time, String text, Integer corrects, OffsetDateTime recordedAt,
        byte[] previous, String keyId, byte[] signature) {

    /** An entry that is yet to be signed, by this key. */
    SignedEntry(int number, String author, OffsetDateTime time, String text, Integer corrects, OffsetDateTime recordedAt,
            byte[] previous, String keyId) {
        this(number, author, time, text, corrects, recordedAt, previous, keyId, null);
    }

    SignedEntry with(byte[] itsSignature) {
        return new SignedEntry(number, author, time, text, corrects, recordedAt, previous, keyId, itsSignature);
    }

    boolean isSigned() {
        return keyId != null && signature != null;
    }

    /**
     * What is signed: RFC 8785 over all that the entry says, whose it is and what comes before it. The patient is named by the id of the
     * row, which never changes and is never given twice; an MRN may be corrected, and two patients may turn out to be one.
     */
    byte[] canonical(long patientId) {
        JsonObjectBuilder json = Canonical.object("history-entry", patientId)
                .add("number", number)
                .add("author", author)
                .add("time", Canonical.time(time))
                .add("text", text)
                .add("recordedAt", Canonical.time(recordedAt))
                .add("previous", HexFormat.of().formatHex(previous));
        if (corrects != null) {
            json.add("corrects", corrects);
        }
        if (keyId != null) {
            json.add("keyId", keyId);
        }
        return Canonical.bytes(json);
    }

    /** What the next entry, or the head, names this one by: over its canonical form and its signature. */
    byte[] hash(long patientId) {
        MessageDigest digest = Canonical.sha256();
        digest.update(canonical(patientId));
        if (signature != null) {
            digest.update(signature);
        }
        return digest.digest();
    }
}
