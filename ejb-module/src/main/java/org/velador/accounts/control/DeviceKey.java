package org.velador.accounts.control;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The key of a device: 256 random bits. Nobody can guess one, so that its plain SHA-256 is as good as any slower hash, and can be looked up. */
final class DeviceKey {

    /** By which a key is known for one where it should not be: in a repository, in a log. */
    private static final String PREFIX = "velador_";

    private static final SecureRandom RANDOM = new SecureRandom();

    private DeviceKey() {
    }

    static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
