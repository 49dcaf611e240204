package org.velador.instance;

/** A reason not to start that a person can mend. The message is one sentence, "got X (expected: Y)" where a value is at fault. */
final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what was got, without what may be a password in it: {@code user:password@} and {@code password=…}. */
    static StartException illFormed(String variable, String got, String expected) {
        String harmless = got.replaceAll("//\\S*@", "//***@").replaceAll("(?i)(password=)[^\\s&]+", "$1***");
        return new StartException("%s: %s (expected: %s)".formatted(variable, harmless, expected));
    }
}
