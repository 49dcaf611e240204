package org.velador.patients.control;

import java.util.List;

/**
 * A page of a patient's history, and whether it is what was written.
 *
 * @param items  newest first
 * @param cursor where the next page starts; null on the last page
 */
public record HistoryPage(List<HistoryEntryView> items, String cursor, Integrity integrity) {

    /**
     * What verifying came to.
     *
     * @param state   {@code verified}, {@code violated}, or {@code unknown} where this instance has no keystore
     * @param finding what is wrong, as a stable word; null when nothing is
     * @param entry   number of the first entry of this page that is wrong, or missing; null when none is
     */
    public record Integrity(String state, String finding, Integer entry) {

        static final Integrity VERIFIED = new Integrity("verified", null, null);
        static final Integrity UNKNOWN = new Integrity("unknown", null, null);

        static Integrity violated(Finding first) {
            return new Integrity("violated", first.kind().word(), first.entry());
        }
    }

    /**
     * A page with the tag that changes whenever the page would.
     *
     * @param tag strong in the sense of HTTP: same tag, same page
     */
    public record Tagged(HistoryPage page, String tag) {
    }
}
