package org.velador.audit.entity;

/**
 * Where a chain is broken first: from there on nothing in it is proven.
 *
 * @param chain  name of the instance whose chain it is
 * @param number of the first entry that is not as it was
 * @param what   what is wrong there, as a sentence without a full stop
 */
public record BrokenLink(String chain, long number, String what) {

    @Override
    public String toString() {
        return "Chain " + chain + " is broken at entry " + number + ": " + what + ".";
    }
}
