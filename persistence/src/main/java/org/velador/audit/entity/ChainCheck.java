package org.velador.audit.entity;

import java.util.Optional;

/** Follows one chain entry by entry and says where it is broken first. */
public final class ChainCheck {

    private final String chain;
    private long number;
    private String hash = "";
    private BrokenLink broken;

    /** @param chain name of the instance whose chain it is */
    public ChainCheck(String chain) {
        this.chain = chain;
    }

    /**
     * Looks at the next entry; after a break nothing is looked at any more.
     *
     * @param entry in the order of numbers
     */
    public void next(AuditEntry entry) {
        if (broken != null) {
            return;
        }
        if (entry.number() != number + 1) {
            breakAt(number + 1, "it is missing (got entry %d instead)".formatted(entry.number()));
        } else if (!entry.previous().equals(hash)) {
            breakAt(entry.number(), "it does not follow the entry before it (got previous hash %s, expected: %s)".formatted(brief(entry.previous()), brief(hash)));
        } else if (!entry.hash().equals(entry.contentHash())) {
            breakAt(entry.number(), "its content was altered (got hash %s, expected: %s)".formatted(brief(entry.contentHash()), brief(entry.hash())));
        } else {
            number = entry.number();
            hash = entry.hash();
        }
    }

    /**
     * Holds the end against how far the chain is known to go.
     *
     * @param head null when that is known of no such chain
     * @return where the chain is broken first
     */
    public Optional<BrokenLink> end(Head head) {
        long last = head == null ? 0 : head.number();
        if (broken == null && number < last) {
            breakAt(number + 1, "it is missing, like all after it (expected: entries up to %d)".formatted(last));
        } else if (broken == null && number > last) {
            breakAt(last + 1, "it was never sealed (expected: entries up to %d)".formatted(last));
        } else if (broken == null && head != null && !head.hash().equals(hash)) {
            breakAt(number, "it is not the one that was sealed last (got hash %s, expected: %s)".formatted(brief(hash), brief(head.hash())));
        }
        return Optional.ofNullable(broken);
    }

    private void breakAt(long where, String what) {
        broken = new BrokenLink(chain, where, what);
    }

    private static String brief(String hash) {
        return hash.isEmpty() ? "none" : hash.length() > 16 ? hash.substring(0, 16) + "…" : hash;
    }
}
