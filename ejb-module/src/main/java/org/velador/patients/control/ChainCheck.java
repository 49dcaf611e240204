package org.velador.patients.control;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a history, or a page of it, from its end: the head is signed and names the last entry by its hash, each entry names the one
 * before by its hash. So one signature vouches for all that is read; where the chain is broken, the next entry's own signature
 * takes it up again, and only what is wrong itself is not verified.
 */
final class ChainCheck {

    private final long patientId;
    private final Signatures.Verifier keys;
    private final boolean everySignature;
    private final List<Finding> findings = new ArrayList<>();
    private final MessageDigest evidence = Canonical.sha256();

    private Finding.Kind wrongHead;
    private int unsigned;
    private int top;
    /** Of the entry that has to come next. */
    private int number;
    /** Of the entry that has to come next; null where nobody has vouched for it. */
    private byte[] hash;
    private byte[] itsHash;

    /**
     * Begins at the end of the history.
     *
     * @param head           null when there is none
     * @param everySignature whether signatures are verified that the chain vouches for
     */
    ChainCheck(long patientId, HistoryHead head, Signatures.Verifier keys, boolean everySignature) {
        this.patientId = patientId;
        this.keys = keys;
        this.everySignature = everySignature;
        if (head == null) {
            wrongHead = Finding.Kind.HEAD_REMOVED;
        } else if (!head.verifies(keys, patientId)) {
            wrongHead = Finding.Kind.HEAD_ALTERED;
            evidence.update(head.canonical(patientId));
        } else {
            unsigned = head.unsigned();
            number = head.number();
            hash = head.hash();
        }
        if (wrongHead != null) {
            // Whatever comes is taken as the end.
            number = -1;
        }
    }

    boolean headVerifies() {
        return wrongHead == null;
    }

    /** Begins later: at this entry, which its own signature vouches for unless it is the last. */
    void skipTo(int first) {
        if (number < 0 || first < number) {
            number = first;
            hash = null;
        }
    }

    /**
     * The next entry, downwards.
     *
     * @return whether it is what was signed
     */
    boolean take(SignedEntry entry) {
        itsHash = entry.hash(patientId);
        top = Math.max(top, entry.number());
        if (number < 0) {
            number = entry.number();
        }
        if (entry.number() > number) {
            add(Finding.Kind.ENTRY_INSERTED, entry.number(), itsHash);
            return false;
        }
        if (entry.number() < number) {
            add(Finding.Kind.ENTRY_REMOVED, entry.number() + 1, new byte[0]);
            hash = null;
        }
        number = entry.number() - 1;
        boolean nobodyCanTell = hash == null && !entry.isSigned() && (entry.number() <= unsigned || wrongHead != null);
        boolean verifies = hash != null ? vouchedFor(entry) : verifiesItself(entry);
        if (!verifies && !nobodyCanTell) {
            add(Finding.Kind.ENTRY_ALTERED, entry.number(), itsHash);
        }
        hash = verifies ? entry.previous() : null;
        return verifies;
    }

    private boolean vouchedFor(SignedEntry entry) {
        return MessageDigest.isEqual(hash, itsHash)
                && (entry.number() <= unsigned && entry.keyId() == null || !everySignature || verifiesItself(entry));
    }

    private boolean verifiesItself(SignedEntry entry) {
        return entry.isSigned() && keys.verifies(entry.keyId(), entry.canonical(patientId), entry.signature());
    }

    /** Of the entry that was taken last, as it stands. */
    byte[] lastHash() {
        return itsHash;
    }

    /** There are no entries below what was taken. */
    void end() {
        if (number > 0) {
            add(Finding.Kind.ENTRY_REMOVED, 1, new byte[0]);
        }
    }

    private void add(Finding.Kind kind, int entry, byte[] seen) {
        findings.add(new Finding(kind, entry));
        evidence.update(ByteBuffer.allocate(8).putInt(kind.ordinal()).putInt(entry).array());
        evidence.update(seen);
    }

    /** The lowest entry that is wrong; empty when nothing is. */
    Optional<Finding> first() {
        Optional<Finding> first = findings.stream().min(Comparator.comparingInt(Finding::entry));
        return first.isPresent() || wrongHead == null ? first : Optional.of(new Finding(wrongHead, top + 1));
    }

    /** Names what was found: the same again has the same evidence, something else another. Asked for once, at the end. */
    byte[] evidence() {
        evidence.update((byte) (wrongHead == null ? 0 : 1 + wrongHead.ordinal()));
        return evidence.digest();
    }
}
