package org.velador.audit.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChainCheckTest {

    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-03-02T12:00:00.123456Z");

    private final List<AuditEntry> chain = chain(5);

    @Test
    void chainAsItWasWrittenIsWhole() {
        assertThat(check(chain, head(chain))).isEmpty();
        assertThat(check(List.of(), null)).isEmpty();
    }

    @Test
    void alteredContentIsFoundWhereItIs() {
        chain.set(2, with(chain.get(2), "somebody-else", chain.get(2).previous(), chain.get(2).hash()));
        assertBrokenAt(3, "its content was altered", head(chain));
    }

    @Test
    void alteredContentWithAHashThatFitsIsFoundWhereTheNextDoesNotFollow() {
        AuditEntry forged = with(chain.get(2), "somebody-else", chain.get(2).previous(), "");
        chain.set(2, with(forged, forged.who(), forged.previous(), forged.contentHash()));
        assertBrokenAt(4, "it does not follow the entry before it", head(chain));
    }

    @Test
    void missingEntryIsFound() {
        Head head = head(chain);
        chain.remove(2);
        assertBrokenAt(3, "it is missing (got entry 4 instead)", head);
    }

    @Test
    void missingBeginningIsFound() {
        Head head = head(chain);
        chain.remove(0);
        assertBrokenAt(1, "it is missing", head);
    }

    @Test
    void missingEndIsFound() {
        Head head = head(chain);
        chain.remove(4);
        chain.remove(3);
        assertBrokenAt(4, "it is missing, like all after it (expected: entries up to 5)", head);
    }

    @Test
    void emptiedChainIsFound() {
        Head head = head(chain);
        chain.clear();
        assertBrokenAt(1, "it is missing, like all after it", head);
    }

    @Test
    void entriesThatChangedPlacesAreFound() {
        AuditEntry second = numbered(chain.get(1), 3);
        chain.set(1, numbered(chain.get(2), 2));
        chain.set(2, second);
        assertBrokenAt(2, "it does not follow the entry before it", head(chain));
    }

    @Test
    void entryThatWasNeverSealedIsFound() {
        Head head = head(chain.subList(0, 4));
        assertBrokenAt(5, "it was never sealed", head);
        assertBrokenAt(1, "it was never sealed", null);
    }

    @Test
    void anotherLastEntryIsFound() {
        Head head = new Head("a", 5, "00");
        assertBrokenAt(5, "it is not the one that was sealed last", head);
    }

    @Test
    void fieldsThatReadTheSameTogetherDoNotHashTheSame() {
        assertThat(new Form().add("ab").add("c").hash()).isNotEqualTo(new Form().add("a").add("bc").hash());
        assertThat(new Form().add("").hash()).isNotEqualTo(new Form().add((String) null).hash());
        assertThat(new Form().add(List.of("a", "b")).hash()).isNotEqualTo(new Form().add(List.of("a")).add("b").hash());
        assertThat(new String(new Form().add("é").add(7).bytes(), StandardCharsets.UTF_8)).isEqualTo("2:é,1:7,");
    }

    private void assertBrokenAt(long number, String what, Head head) {
        assertThat(check(chain, head)).hasValueSatisfying(broken -> {
            assertThat(broken.number()).isEqualTo(number);
            assertThat(broken.toString()).startsWith("Chain a is broken at entry " + number + ": ").contains(what);
        });
    }

    private static Optional<BrokenLink> check(List<AuditEntry> entries, Head head) {
        ChainCheck check = new ChainCheck("a");
        entries.forEach(check::next);
        return check.end(head);
    }

    private static Head head(List<AuditEntry> entries) {
        AuditEntry last = entries.get(entries.size() - 1);
        return new Head("a", last.number(), last.hash());
    }

    private static List<AuditEntry> chain(int length) {
        List<AuditEntry> chain = new ArrayList<>();
        IntStream.rangeClosed(1, length).forEach(number -> {
            String previous = number == 1 ? "" : chain.get(number - 2).hash();
            AuditEntry entry = entry(number, "who-" + number, previous, "");
            chain.add(entry(number, "who-" + number, previous, entry.contentHash()));
        });
        return chain;
    }

    private static AuditEntry entry(long number, String who, String previous, String hash) {
        return new AuditEntry("a", number, NOON.plusSeconds(number), who, List.of("admin"), "patient.read", "GET", "/api/patients/{mrn}", "P-1",
                List.of("P-1"), null, "done", 200, "192.0.2.7", "id", NOON.plusSeconds(number), "a", previous, hash);
    }

    private static AuditEntry with(AuditEntry e, String who, String previous, String hash) {
        return entry(e.number(), who, previous, hash);
    }

    private static AuditEntry numbered(AuditEntry e, long number) {
        return new AuditEntry(e.instance(), number, e.at(), e.who(), e.roles(), e.action(), e.method(), e.path(), e.object(), e.patients(), e.detail(),
                e.outcome(), e.status(), e.address(), e.correlationId(), e.sealedAt(), e.sealedBy(), e.previous(), e.hash());
    }
}
