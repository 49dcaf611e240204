package org.velador.cluster.site;

/** A site cannot start or go on; the message is one sentence for the person in front of it, and all they need. */
public final class SiteFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SiteFailure(String sentence) {
        super(sentence);
    }

    SiteFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
