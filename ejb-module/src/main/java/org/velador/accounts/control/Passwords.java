package org.velador.accounts.control;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.velador.platform.control.Problem;

/** Hashes and verifies passwords, with the parameters that OWASP's Password Storage Cheat Sheet gives for PBKDF2 (2023 and later). */
@ApplicationScoped
public class Passwords {

    static final int SHORTEST = 12;
    static final int LONGEST = 200;

    private static final Map<String, String> PARAMETERS = Map.of(
            "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
            "Pbkdf2PasswordHash.Iterations", "210000",
            "Pbkdf2PasswordHash.SaltSizeBytes", "16",
            "Pbkdf2PasswordHash.KeySizeBytes", "64");

    /** Each takes a core for a good part of a second: they never get all of them. */
    private static final int AT_A_TIME = 2;
    private static final long LONGEST_WAIT_SECONDS = 2;

    private final Semaphore turns = new Semaphore(AT_A_TIME, true);

    @Inject
    private Pbkdf2PasswordHash hashing;

    /** Of a password that nobody has: verified in place of that of an account which does not exist, so that both take as long. */
    private String nobodys;

    @PostConstruct
    void start() {
        hashing.initialize(PARAMETERS);
    }

    /** A new hash, with its parameters and a salt of its own in it. */
    String hash(String password) {
        return inTurn(() -> hashing.generate(password.toCharArray()));
    }

    /** @param hash null where there is no account: it takes as long, and is never right */
    boolean isRight(String password, String hash) {
        return inTurn(() -> hashing.verify(password.toCharArray(), hash == null ? nobodys() : hash) && hash != null);
    }

    /**
     * Whether a person may choose it: long enough to be no guess, and no part of the username. No rules about signs, as NIST SP 800-63B has it.
     *
     * @throws org.velador.platform.control.ProblemException 400, without the password in it
     */
    static void requireGood(String field, String password, String username) {
        if (password == null) {
            throw Problem.invalid(field, "missing (expected: " + SHORTEST + " to " + LONGEST + " characters)").asException();
        }
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw Problem.invalid(field, length + " characters (expected: " + SHORTEST + " to " + LONGEST + ")").asException();
        }
        if (password.toLowerCase(Locale.ROOT).contains(username) || password.chars().distinct().count() < 5) {
            throw Problem.invalid(field, "too easy to guess (expected: without the username in it, and of five different characters at least)").asException();
        }
    }

    private synchronized String nobodys() {
        if (nobodys == null) {
            nobodys = hashing.generate("nobody has this password".toCharArray());
        }
        return nobodys;
    }

    private interface Hashing<T> {
        T run();
    }

    private <T> T inTurn(Hashing<T> work) {
        try {
            if (!turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.overloaded().asException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.overloaded().asException();
        }
        try {
            return work.run();
        } finally {
            turns.release();
        }
    }
}
