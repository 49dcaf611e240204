package org.velador.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three instances, ten entries each, two signed checkpoints; and a superuser. */
class VerificationTest {

    /** What an attacker would run who knows how hashes are made: all that follows an altered entry is computed anew. */
    private static final String RECHAIN = """
            create function rechain(chain text) returns void language plpgsql as $$
            declare e audit_entry; last bytea := ''; n bigint := 0;
            begin
                for e in select * from audit_entry a where a.instance = chain order by a.number loop
                    n := n + 1;
                    delete from audit_entry a where a.instance = chain and a.number = e.number;
                    e.number := n;
                    e.previous := last;
                    e.hash := audit_hash(e);
                    insert into audit_entry select e.*;
                    last := e.hash;
                end loop;
                update audit_chain c set number = n, hash = last where c.instance = chain;
            end $$;
            """;

    private final Chains chains = new Chains();
    private final Checkpoints checkpoints = new Checkpoints("a");

    @BeforeEach
    void note() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (String instance : List.of("a", "b", "c")) {
                for (int i = 0; i < 5; i++) {
                    chains.note(instance, "O-" + i);
                }
                chains.seal(instance);
            }
            assertThat(chains.sign(checkpoints)).isEmpty();
        }
    }

    @AfterEach
    void close() {
        chains.close();
    }

    @Test
    void whatNobodyTouchedIsWhole() throws Exception {
        Verification.Report report = chains.verify();
        assertThat(report.broken()).isEmpty();
        assertThat(report.chains()).extracting(head -> head.instance() + head.number()).containsExactly("a10", "b10", "c10");
        assertThat(report.entries()).isEqualTo(30);
        assertThat(report.checkpoints()).isEqualTo(2);
        assertThat(report.unsealed()).isZero();
        assertThat(VerifyCommand.lines(report)).contains("Read: 30 entries and 2 signed checkpoints; noted and not sealed yet: 0.")
                .endsWith("Nothing is broken.");
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                Arguments.of("update", "update audit_entry set who = 'eve' where instance = 'b' and number = 4", "b", 4, "its content was altered"),
                Arguments.of("update of each column", "update audit_entry set address = null where instance = 'c' and number = 1", "c", 1, "its content was altered"),
                Arguments.of("update with a new hash", """
                        update audit_entry set who = 'eve' where instance = 'b' and number = 4;
                        update audit_entry e set hash = audit_hash(e) where instance = 'b' and number = 4""", "b", 5, "does not follow"),
                Arguments.of("delete", "delete from audit_entry where instance = 'b' and number = 4", "b", 4, "it is missing (got entry 5 instead)"),
                Arguments.of("delete of the first", "delete from audit_entry where instance = 'b' and number = 1", "b", 1, "it is missing"),
                Arguments.of("reorder", """
                        update audit_entry set number = 99 where instance = 'b' and number = 4;
                        update audit_entry set number = 4 where instance = 'b' and number = 6;
                        update audit_entry set number = 6 where instance = 'b' and number = 99""", "b", 4, "does not follow"),
                Arguments.of("truncated end", "delete from audit_entry where instance = 'b' and number > 7", "b", 8, "it is missing, like all after it"),
                Arguments.of("truncated end and its head", """
                        delete from audit_entry where instance = 'b' and number > 7;
                        update audit_chain set number = 7, hash = (select hash from audit_entry where instance = 'b' and number = 7) where instance = 'b'""",
                        "b", 8, "it is missing, like those up to 10 (expected: what a signed"),
                Arguments.of("truncate", "truncate audit_entry", "a", 1, "it is missing, like all after it"),
                Arguments.of("truncate of entries and heads", "truncate audit_entry, audit_chain", "a", 1, "it is missing, like those up to 5"),
                Arguments.of("insert", """
                        insert into audit_entry select instance, 11, at, 'eve', roles, action, method, path, object, patients, detail, outcome, status, address,
                            correlation_id, sealed_at, sealed_by, hash, '' from audit_entry where instance = 'b' and number = 10;
                        update audit_entry e set hash = audit_hash(e) where instance = 'b' and number = 11""", "b", 11, "it was never sealed"),
                Arguments.of("update and all that follows", RECHAIN + "update audit_entry set who = 'eve' where instance = 'b' and number = 4; select rechain('b')",
                        "b", 5, "it, or one before it, is another one (expected: what a signed"),
                Arguments.of("delete and all that follows", RECHAIN + "delete from audit_entry where instance = 'b' and number = 8; select rechain('b')",
                        "b", 10, "it is missing, like those up to 10 (expected: what a signed"),
                Arguments.of("update of a checkpoint", "update audit_checkpoint set numbers[2] = 9 where number = 2",
                        "of checkpoints of a", 2, "its signature is not that of its content"),
                Arguments.of("delete of a checkpoint", "delete from audit_checkpoint where number = 1", "of checkpoints of a", 1, "it is missing"),
                Arguments.of("another key", "update audit_checkpoint set key_id = 'eve' where number = 1", "of checkpoints of a", 1, "there is no key 'eve'"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void superuserIsFoundOutAndTheFirstBrokenLinkIsNamed(String how, String sql, String chain, long number, String what) throws Exception {
        chains.execute(sql);
        assertThat(chains.verify().broken()).filteredOn(broken -> broken.chain().equals(chain)).singleElement().satisfies(broken -> {
            assertThat(broken.number()).isEqualTo(number);
            assertThat(broken.what()).contains(what);
        });
        assertThat(VerifyCommand.lines(chains.verify())).contains("BROKEN.")
                .anySatisfy(line -> assertThat(line).startsWith("Chain " + chain + " is broken at entry " + number + ": "));
    }

    @Test
    void everyColumnIsHashed() throws Exception {
        List<String> columns = chains.rows("""
                select column_name || ' = ' || case data_type when 'ARRAY' then '''{x}''' when 'bytea' then '''\\x00''' when 'text' then '''x'''
                       when 'smallint' then '7' when 'timestamp with time zone' then '''2000-01-01''' end
                from information_schema.columns where table_name = 'audit_entry' and column_name not in ('instance', 'number')""");
        assertThat(columns).hasSize(17).doesNotContainNull();
        for (int i = 0; i < columns.size(); i++) {
            chains.note("column-" + i, "X");
            chains.seal("column-" + i);
            chains.execute("update audit_entry set " + columns.get(i) + " where instance = 'column-" + i + "'");
        }
        assertThat(chains.broken()).hasSameSizeAs(columns);
    }

    @Test
    void oneBrokenChainDoesNotHideAnother() throws Exception {
        chains.execute("delete from audit_entry where instance = 'a' and number = 2; delete from audit_entry where instance = 'c' and number = 9");
        assertThat(chains.broken()).hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("Chain a is broken at entry 2: "))
                .anySatisfy(line -> assertThat(line).startsWith("Chain c is broken at entry 9: "));
    }

    @Test
    void nobodyGetsASignatureForAnotherPastThoughNothingIsLeftOfTheOldOne() throws Exception {
        chains.execute(RECHAIN + "update audit_entry set who = 'eve' where instance = 'b' and number = 4; select rechain('b'); truncate audit_checkpoint");
        chains.note("b", "later");
        chains.seal("b");
        assertThat(chains.broken()).as("by itself it looks whole").isEmpty();
        assertThat(chains.sign(checkpoints)).hasValueSatisfying(broken -> {
            assertThat(broken.chain()).isEqualTo("b");
            assertThat(broken.number()).isEqualTo(10);
        });
        assertThat(chains.rows("select witness from audit_checkpoint")).isEmpty();
    }

    @Test
    void checkpointsGoOnAfterARestartAndAreNotMadeOfNothingNew() throws Exception {
        Checkpoints restarted = new Checkpoints("a");
        assertThat(chains.sign(restarted)).isEmpty();
        assertThat(chains.verify().checkpoints()).isEqualTo(2);
        chains.note("c", "later");
        chains.seal("c");
        assertThat(chains.sign(restarted)).isEmpty();
        assertThat(chains.verify().checkpoints()).isEqualTo(3);
        assertThat(chains.sign(new Checkpoints("b"))).isEmpty();
        assertThat(chains.verify().checkpoints()).isEqualTo(4);
        assertThat(chains.broken()).isEmpty();
    }
}
