package org.velador.patients.control;

import jakarta.json.JsonObjectBuilder;
import java.util.HexFormat;

/**
 * Where a patient's history ends, signed: without it nobody would miss entries that are cut off at the end.
 *
 * @param number   of the last entry; 0 before the first
 * @param hash     of the last entry; {@link Canonical#NOTHING} before the first
 * @param unsigned so many entries are from before signing
 * @param keyId    of the key that signed; null, and no signature, between the migration and the first start with a keystore
 */
record HistoryHead(int number, byte[] hash, int unsigned, String keyId, byte[] signature) {

    /** Of a history that has no entries yet, and no signature. */
    static HistoryHead empty() {
        return new HistoryHead(0, Canonical.NOTHING, 0, null, null);
    }

    HistoryHead signedBy(Signatures signatures, long patientId) {
        HistoryHead named = new HistoryHead(number, hash, unsigned, signatures.keyId(), null);
        return new HistoryHead(number, hash, unsigned, named.keyId, signatures.sign(named.canonical(patientId)));
    }

    boolean verifies(Signatures.Verifier keys, long patientId) {
        return keyId != null && signature != null && keys.verifies(keyId, canonical(patientId), signature);
    }

    byte[] canonical(long patientId) {
        JsonObjectBuilder json = Canonical.object("history-head", patientId)
                .add("number", number)
                .add("hash", HexFormat.of().formatHex(hash))
                .add("unsigned", unsigned);
        if (keyId != null) {
            json.add("keyId", keyId);
        }
        return Canonical.bytes(json);
    }
}
