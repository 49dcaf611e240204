package org.velador.audit.control;

import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.velador.audit.entity.BrokenLink;
import org.velador.audit.entity.ChainCheck;
import org.velador.audit.entity.Checkpoint;
import org.velador.audit.entity.Head;
import org.velador.platform.control.Sql;

/** Reads every entry and every checkpoint as they were at one moment, whether the site runs or not, and says where each chain is broken first. */
final class Verification {

    private static final int ROWS_IN_MEMORY = 1000;

    private final Connection connection;
    private final Function<String, Optional<PublicKey>> keys;
    private final Map<String, BrokenLink> broken = new TreeMap<>();
    private long entries;
    private long checkpoints;

    /**
     * What was found.
     *
     * @param chains      how far each goes
     * @param entries     how many were read
     * @param checkpoints how many were read
     * @param unsealed    how many are noted but not sealed yet; those of more than a few seconds ago are a sealer's fault
     * @param broken      at most one for each chain of entries and of checkpoints: the first
     */
    record Report(List<Head> chains, long entries, long checkpoints, long unsealed, List<BrokenLink> broken) {
    }

    private Verification(Connection connection, Function<String, Optional<PublicKey>> keys) {
        this.connection = connection;
        this.keys = keys;
    }

    /**
     * Verifies all.
     *
     * @param connection in no transaction; it gets one, which changes nothing
     * @param keys       public keys by their ids
     */
    static Report of(Connection connection, Function<String, Optional<PublicKey>> keys) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        try {
            return new Verification(connection, keys).report();
        } finally {
            connection.rollback();
        }
    }

    private Report report() throws SQLException {
        List<Head> heads = AuditRows.heads(connection);
        Map<String, Head> headOf = heads.stream().collect(Collectors.toMap(Head::instance, head -> head));
        for (String chain : names("select instance from audit_chain union select distinct instance from audit_entry")) {
            entries(chain, headOf.get(chain));
        }
        for (String witness : names("select distinct witness from audit_checkpoint")) {
            checkpoints(witness);
        }
        long unsealed = new Sql().add("select count(*) from audit_draft").list(connection, row -> row.getLong(1)).get(0);
        return new Report(heads, entries, checkpoints, unsealed, List.copyOf(broken.values()));
    }

    private void entries(String chain, Head head) throws SQLException {
        ChainCheck check = new ChainCheck(chain);
        new Sql().add("select").add(AuditRows.COLUMNS).add("from audit_entry e where e.instance = ? order by e.number", chain)
                .each(connection, ROWS_IN_MEMORY, AuditRows::entry, entry -> {
                    entries++;
                    check.next(entry);
                });
        check.end(head).ifPresent(this::note);
    }

    private void checkpoints(String witness) throws SQLException {
        String chain = "of checkpoints of " + witness;
        List<Checkpoint> before = new ArrayList<>(List.of(new Checkpoint(witness, 0, null, List.of(), "", "", new byte[0])));
        List<SQLException> failure = new ArrayList<>();
        AuditRows.checkpoints("where witness = ? order by number", witness).each(connection, ROWS_IN_MEMORY, AuditRows::checkpoint, c -> {
            checkpoints++;
            Checkpoint last = before.get(0);
            if (broken.containsKey(chain) || !failure.isEmpty()) {
                return;
            }
            if (c.number() != last.number() + 1) {
                note(new BrokenLink(chain, last.number() + 1, "it is missing (got checkpoint %d instead)".formatted(c.number())));
            } else if (!c.previous().equals(last.number() == 0 ? "" : last.hash())) {
                note(new BrokenLink(chain, c.number(), "it does not follow the checkpoint before it"));
            } else if (keys.apply(c.keyId()).isEmpty()) {
                note(new BrokenLink(chain, c.number(), "there is no key '%s' to verify its signature".formatted(c.keyId())));
            } else if (!c.isSignedWith(keys.apply(c.keyId()).orElseThrow())) {
                note(new BrokenLink(chain, c.number(), "its signature is not that of its content"));
            } else {
                try {
                    vouchedFor(c, last);
                } catch (SQLException e) {
                    failure.add(e);
                }
            }
            before.set(0, c);
        });
        if (!failure.isEmpty()) {
            throw failure.get(0);
        }
    }

    /** Whether the entries that a checkpoint has signed are those that are there. */
    private void vouchedFor(Checkpoint checkpoint, Checkpoint before) throws SQLException {
        for (Head head : checkpoint.heads()) {
            if (before.heads().contains(head)) {
                continue;
            }
            String stored = AuditRows.hash(connection, head.instance(), head.number());
            String signed = " (expected: what " + checkpoint.witness() + " signed at " + checkpoint.at() + ")";
            if (stored == null) {
                long end = new Sql().add("select coalesce(max(number), 0) from audit_entry where instance = ? and number < ?",
                        head.instance(), head.number()).list(connection, row -> row.getLong(1)).get(0);
                note(new BrokenLink(head.instance(), end + 1, "it is missing, like those up to %d".formatted(head.number()) + signed));
            } else if (!head.hash().equals(stored)) {
                note(new BrokenLink(head.instance(), head.number(), "it, or one before it, is another one" + signed));
            }
        }
    }

    /** Of each chain the first break is kept. */
    private void note(BrokenLink found) {
        broken.merge(found.chain(), found, (known, other) -> other.number() < known.number() ? other : known);
    }

    private List<String> names(String query) throws SQLException {
        return new Sql().add(query + " order by 1").list(connection, row -> row.getString(1));
    }
}
