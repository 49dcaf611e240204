package org.velador.audit.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00Z");

    @Test
    void signatureHoldsForTheSameContentAndTheSameKeyAlone() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        List<Head> heads = List.of(new Head("a", 7, "aa"), new Head("b", 9, "bb"));
        Checkpoint signed = Checkpoint.signed("a", 3, NOON, heads, "cc", "k", keys.getPrivate());

        assertThat(signed.isSignedWith(keys.getPublic())).isTrue();
        assertThat(signed.isSignedWith(others.getPublic())).isFalse();
        assertThat(signed.isSignedWith(null)).isFalse();
        assertThat(List.of(
                new Checkpoint("b", 3, NOON, heads, "cc", "k", signed.signature()),
                new Checkpoint("a", 4, NOON, heads, "cc", "k", signed.signature()),
                new Checkpoint("a", 3, NOON.plusSeconds(1), heads, "cc", "k", signed.signature()),
                new Checkpoint("a", 3, NOON, heads.subList(0, 1), "cc", "k", signed.signature()),
                new Checkpoint("a", 3, NOON, List.of(heads.get(0), new Head("b", 8, "bb")), "cc", "k", signed.signature()),
                new Checkpoint("a", 3, NOON, heads, "", "k", signed.signature()),
                new Checkpoint("a", 3, NOON, heads, "cc", "l", signed.signature()),
                new Checkpoint("a", 3, NOON, heads, "cc", "k", new byte[64]),
                new Checkpoint("a", 3, NOON, heads, "cc", "k", new byte[0])))
                .noneMatch(altered -> altered.isSignedWith(keys.getPublic()));
    }
}
