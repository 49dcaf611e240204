package org.velador.patients.control;

/**
 * What is wrong with a history.
 *
 * @param entry number of the entry that is wrong; for what is wrong with the head, of the first that may be missing
 */
record Finding(Kind kind, int entry) {

    /** What can be wrong; the words are stable. */
    enum Kind {
        /** It is not what was signed, or was never signed. */
        ENTRY_ALTERED("entry-altered"),
        /** It is not there, while later ones or the head say that it was; of several, the first. */
        ENTRY_REMOVED("entry-removed"),
        /** It is beyond the end of the history. */
        ENTRY_INSERTED("entry-inserted"),
        /** What says where the history ends is not what was signed. */
        HEAD_ALTERED("head-altered"),
        /** What says where the history ends is not there. */
        HEAD_REMOVED("head-removed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
